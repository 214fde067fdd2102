"""What an agency sees of a party that another agency has summoned."""
