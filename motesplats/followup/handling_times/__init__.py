"""How long Skatteverket takes for a notification of a move: typed by week, told by quarter, against the country."""
