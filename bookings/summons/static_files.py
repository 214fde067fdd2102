"""The static files that letters and pictures are made of."""

from pathlib import Path

from django.contrib.staticfiles import finders


def static_file(name: str) -> Path:
    """Where a static file lies on disk. Raises FileNotFoundError."""
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path)
