"""Goals, and the series of the country's numbers with which participants are compared."""
