"""A location's open days and the shifts on them."""
