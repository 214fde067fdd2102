"""The sites and their pages."""
