"""Extracts: what one agency holds about a person, gathered from every app."""
