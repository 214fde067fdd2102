"""A chain's checklist and the consent that opens it to other agencies."""
