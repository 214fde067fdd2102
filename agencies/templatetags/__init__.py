"""Filters of agencies' pages."""
