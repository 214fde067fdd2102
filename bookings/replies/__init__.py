"""What people answer to a text message: found by their number, understood, and given as the answer of their link."""
