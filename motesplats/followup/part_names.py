"""The parts of figures as people call them: agencies and languages by their names, in the reader's language."""

from django.utils.text import capfirst
from django.utils.translation import get_language

from agencies.codes import agency_name
from agencies.languages import LANGUAGES, letter_name
from agencies.spoken import spoken_name
from motesplats.followup.dimensions import PARTS, label_of


def part_name(dimension: str, key: str) -> str:
    """What the part is called; an unknown code as it is. Names of agencies are read once in a request."""
    if dimension == "language":
        return _language(key)
    if dimension == "agency" or (dimension == "why" and key not in PARTS["why"]):
        return capfirst(agency_name(key))
    return label_of(dimension, key)


def _language(code: str) -> str:
    reader = get_language() or "sv"
    return letter_name(code, reader) if code in LANGUAGES else spoken_name(code, reader)
