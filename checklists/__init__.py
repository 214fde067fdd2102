"""The checklist of a chain, and the consents that open a party's data to other agencies."""
