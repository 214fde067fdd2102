"""Parties, their chains of meetings, the summons and the newcomer's link."""
