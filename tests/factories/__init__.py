"""Rows for tests; sites, agencies, services and rules come from the reference data."""
