"""The checklist and the consent that opens it; the next release fills this floor of the house."""
