"""Extracts: what each agency holds about a person, gathered from every app that holds something."""
