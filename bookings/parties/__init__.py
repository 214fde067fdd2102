"""Register a party, protect its identity, find it, read it."""
