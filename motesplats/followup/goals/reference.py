"""Loads the series that every installation begins with; running it again changes no row."""

import csv
from pathlib import Path

from agencies.reference import add_missing
from motesplats.models import Series

FILE = Path(__file__).parents[1] / "data" / "series.csv"


def load_series() -> None:
    """Create the missing series."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row | {"is_default": row["is_default"] == "yes"} for row in csv.DictReader(file)]
    add_missing(Series, (Series(**row) for row in rows), key="code")
