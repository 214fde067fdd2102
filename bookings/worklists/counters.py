"""Numbers in every page's menu that apps above this one count; they register them when they are loaded."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

# The rows that wait for the viewer, before the day that is given as an expression.
Rows = Callable[[Any], QuerySet[Any]]

REPORTS = "reports"  # day reports

COUNTERS: dict[str, Rows] = {}


def register_counter(name: str, rows: Rows) -> None:
    """Let the menu count these rows under the name."""
    COUNTERS[name] = rows
