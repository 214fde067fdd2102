"""A printed figure's name, notes, of whom it is, and its unit, in the reader's words; the file's own stay stored."""

import csv
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agencies.languages import LANGUAGES

NAMES = Path(__file__).parent / "data" / "printed_names.csv"
NOTES = NAMES.with_name("printed_notes.csv")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# "5 sites, 28 Jul-31 Dec"
SPAN = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})\s*[-–]\s*(?P<last>\d{1,2}) (?P<until>[A-Z][a-z]{2})", re.ASCII
)
SITES = re.compile(r"(?P<number>\d{1,3}) (?P<random>random )?sites?", re.ASCII)
SCOPES: dict[str, Callable[[], str]] = {
    "national": lambda: _("the whole country"),
    "whole country": lambda: _("the whole country"),
    "all sites": lambda: _("all sites"),
    "each site": lambda: _("each site"),
    "pilot": lambda: _("the pilot"),
}
UNITS: dict[str, Callable[[], str]] = {
    "persons": lambda: _("persons"),
    "percent": lambda: _("per cent"),
    "sites": lambda: _("sites"),
    "municipalities": lambda: _("municipalities"),
    "actors": lambda: _("agencies"),
    "days": lambda: _("days"),
    "weeks": lambda: _("weeks"),
    "months": lambda: _("months"),
    "years": lambda: _("years"),
    "text": lambda: _("in words"),
    "date": lambda: _("date"),
    "year": lambda: _("year"),
    "interviews": lambda: _("interviews"),
    "reports": lambda: _("reports"),
    "languages": lambda: _("languages"),
    "cases": lambda: _("cases"),
    "meetings per group": lambda: _("meetings of each group"),
    "of 4 parties": lambda: _("of 4 parties"),
    "7-grade scale": lambda: _("scale of 7 grades"),
    "SEK": lambda: _("kronor"),
    "SEK/yr": lambda: _("kronor a year"),
    "SEK/month": lambda: _("kronor a month"),
    "full-time jobs": lambda: _("full-time jobs"),
}
DAYS_IN_NO_YEAR = 2000  # a leap year, so that each day of a span has a date


@cache
def swedish(path: Path) -> Mapping[str, str]:
    """The names (NAMES) or notes (NOTES) of the published figures in Swedish, by what is printed."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["printed"]: row["sv"] for row in csv.DictReader(file, delimiter=";")}


def name_in_words(printed: str) -> str:
    """What the figure is called; to others than Swedish readers, and where it is not known, as it is printed."""
    return swedish(NAMES).get(printed, printed) if get_language() == "sv" else printed


def note_in_words(printed: str) -> str:
    """A note, a period or a value in words; an unknown one, and to others than Swedish readers, as it is printed."""
    return swedish(NOTES).get(printed, printed) if get_language() == "sv" else printed


def scope_in_words(printed: str) -> str:
    """Of what a figure is; a part that is none of the known ones, such as a town, as it is printed."""
    return ", ".join(_part(part) for part in printed.split(", "))


def unit_in_words(printed: str) -> str:
    """The unit; an unknown one as it is printed."""
    return UNITS[printed]() if printed in UNITS else printed


def day_in_words(day: date) -> str:
    """Day and month: "28 jul"."""
    return str(format_date(day, "d MMM", locale=LANGUAGES[get_language() or "sv"].babel)).replace(".", "")


def _part(printed: str) -> str:
    if printed in SCOPES:
        return SCOPES[printed]()
    if found := SITES.fullmatch(printed):
        number = int(found["number"])
        if found["random"]:
            return _("%(number)s sites at random") % {"number": number}
        return ngettext("%(number)s site", "%(number)s sites", number) % {"number": number}
    if (found := SPAN.fullmatch(printed)) and {found["month"], found["until"]} <= set(MONTHS):
        try:
            first, last = _day(found["month"], found["day"]), _day(found["until"], found["last"])
        except ValueError:
            return printed
        return f"{day_in_words(first)}–{day_in_words(last)}"
    return printed


def _day(month: str, day: str) -> date:
    return date(DAYS_IN_NO_YEAR, MONTHS.index(month) + 1, int(day))
