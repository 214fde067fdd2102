"""Decisions on how long data are kept: with their reference, and a preview of what would go."""
