"""Loads the first lists of obstacles and of what helps, marked as examples; what is there already stays."""

import json
from pathlib import Path

from motesplats.models import TertialCode

CODES = Path(__file__).with_name("codes.json")


def load_tertial_codes() -> None:
    """Create the codes that are missing."""
    rows = json.loads(CODES.read_text("utf-8"))
    TertialCode.objects.bulk_create(
        (TertialCode(is_draft=True, **row) for row in rows), ignore_conflicts=True
    )
