"""Composition: settings, addresses, the API's router, Celery and the embedded services."""
