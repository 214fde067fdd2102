"""Starts PostgreSQL and Redis from their wheels, and runs Motesplats or a command with them on one machine."""
