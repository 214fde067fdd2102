"""Pages of signing in, of one's own second factor, and of a manager's staff."""
