"""A location's open days, the shifts on them, the hours they give and the locks on them."""
