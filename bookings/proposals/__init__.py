"""Propose days for a party, signed; or say why there is none."""
