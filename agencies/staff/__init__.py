"""A manager's pages and verbs for the agency's staff."""
