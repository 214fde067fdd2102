"""The token and the paper code of a newcomer's link."""
