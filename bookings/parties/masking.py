"""What is shown of a person of protected identity: an alias and a masked birth date. Free of Django."""

import re
from collections.abc import Iterable
from datetime import date

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
YEARS_AHEAD = 2  # no chain is booked further ahead


def alias(number: int, *, reference: str) -> tuple[str, str]:
    """Given and family name shown instead: `Person A` (0 is A) and the party's reference, in every language."""
    return f"Person {LETTERS[number]}", reference


def masked_birth(birth: date, *, limits: Iterable[int], today: date) -> date:
    """The first of July of the birth year, or the birth date itself if it decides soon whom the person meets.

    It does when the person reaches one of `limits` (ages in years) this year or in the next two. Otherwise the
    person is on the same side of every limit with either date until the end of those years.
    """
    coming = range(today.year, today.year + YEARS_AHEAD + 1)
    if any(birth.year + limit in coming for limit in limits):
        return birth
    return date(birth.year, 7, 1)


def without(text: str, words: Iterable[str]) -> str:
    """The text with `…` for each of the words, whatever their case."""
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    if not longest_first:
        return text
    return re.sub(
        rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", "…", text, flags=re.IGNORECASE
    )
