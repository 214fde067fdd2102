"""Telephone numbers, birth dates and references in what is typed into the search field. Free of Django."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from bookings.references import code_in

SHORTEST_PHONE = 5  # digits
COORDINATION = 60  # is added to the day of a coordination number
# 1989-11-02, 19891102, 891102, each also with the four last signs of a personal identity number.
YEAR_FIRST = re.compile(r"(\d{4}|\d\d)[-/. ]?(\d\d)[-/. ]?(\d\d)(?:[-+ ]?[\dtfTF]\d{3})?")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]+(\d{4}|\d\d)")
WITH_MONTH = re.compile(r"(?:den )?(\d{1,2})(?:[.:]?[aeAE]?) ?([^\W\d_]{3,10})\.? ?(\d{4})", re.IGNORECASE)
MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
          "okt": 10, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip


def keys_in(typed: str, *, today: date) -> list[str]:
    """The beginnings of what the text may be, as search words are kept: references, numbers (E.164), dates (ISO)."""
    seen = (sign for sign in unicodedata.normalize("NFKC", typed) if unicodedata.category(sign) != "Cf")
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in seen).strip()
    births = (birth.isoformat() for birth in births_in(text, today=today))
    return list(dict.fromkeys(filter(None, [code_in(text), *phones_in(text), *births])))


def phones_in(text: str) -> list[str]:
    """The number as it is kept; of one that begins with no zero, with and without Sweden's code."""
    plain = re.sub(r"[\s()./–-]", "", text.replace("(0)", ""))
    digits = plain.removeprefix("+")
    if not digits.isdecimal() or len(digits) < SHORTEST_PHONE:
        return []
    if plain.startswith("+"):
        return [re.sub(r"^\+460+", "+46", plain)]
    if digits.startswith("00"):
        return [f"+{digits[2:]}"]
    if digits.startswith("0"):
        return [f"+46{digits[1:]}"]
    return [f"+46{digits}", f"+{digits}"]


def births_in(text: str, *, today: date) -> list[date]:
    """The dates that the text may be, none after today; a year of two digits is of either century."""
    return sorted({birth for year, month, day in _parts(text) for birth in _dates(year, month, day, today)})


def _parts(text: str) -> Iterator[tuple[str, int, int]]:
    if found := YEAR_FIRST.fullmatch(text):
        yield found[1], int(found[2]), int(found[3])
    if found := DAY_FIRST.fullmatch(text):
        yield found[3], int(found[2]), int(found[1])
    if (found := WITH_MONTH.fullmatch(text)) and (month := MONTHS.get(found[2][:3].lower())):
        yield found[3], month, int(found[1])


def _dates(year: str, month: int, day: int, today: date) -> Iterator[date]:
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    for each in years:
        with suppress(ValueError):
            birth = date(each, month, day - COORDINATION if day > COORDINATION else day)
            if birth <= today:
                yield birth
