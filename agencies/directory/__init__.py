"""Agencies' pages: names, contact card, services with their texts, lengths and documents, and their own sign-in."""
