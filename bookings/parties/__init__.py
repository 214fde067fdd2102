"""Parties: registering, finding and showing them, and protected identities."""
