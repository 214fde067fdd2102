"""What stands for a person whose identity is protected: an alias, and a birth date that tells the age. Pure."""

import re
from collections.abc import Iterable
from datetime import date

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
YEARS_AHEAD = 2  # nobody is booked further ahead


def alias(number: int, *, reference: str) -> tuple[str, str]:
    """The given and the family name that everybody reads; the same words in every language."""
    return f"Person {LETTERS[number]}", reference


def masked_birth(birth: date, *, limits: Iterable[int], today: date) -> date:
    """The first of July of the same year, unless a birthday soon decides whom the person meets: that day stays.

    Between two days of one calendar year only the birthdays of that year differ; so every age counts as before
    against every limit until the end of the second year from now.
    """
    coming = range(today.year, today.year + YEARS_AHEAD + 1)
    if any(birth.year + limit in coming for limit in limits):
        return birth
    return date(birth.year, 7, 1)


def without(text: str, words: Iterable[str]) -> str:
    """The text with each of the words blotted out."""
    told = sorted(filter(None, words), key=len, reverse=True)
    if not told:
        return text
    return re.sub(rf"(?<!\w)({'|'.join(map(re.escape, told))})(?!\w)", "…", text, flags=re.IGNORECASE)
