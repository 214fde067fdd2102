"""Dates and times for letters and pages: six languages, Gregorian calendar, Latin digits, Stockholm's time."""

from datetime import date, datetime

from babel.dates import format_date

from agencies.clock import local
from agencies.languages import LANGUAGES

YEARS = range(1800, 2200)  # of whoever is met here, and of all that is planned; around them no date runs over


def is_usual(day: date) -> bool:
    """Whether somebody may mean that day; another one is a slip of the pen."""
    return day.year in YEARS


def weekday(day: date, language: str) -> str:
    """The day's name: "tisdag"."""
    return format_date(day, "EEEE", locale=LANGUAGES[language].babel)


def day_month_year(day: date, language: str) -> str:
    """Day, month and year: "8 december 2026"."""
    return f"{day.day} {_month(day, language)} {day.year}"


def full_date(day: date, language: str) -> str:
    """Weekday, day, month and year: "tisdag 8 december 2026"."""
    return f"{weekday(day, language)} {day_month_year(day, language)}"


def clock(moment: datetime) -> str:
    """The time of day in Stockholm: "09:15"."""
    return local(moment).strftime("%H:%M")


def stockholm(moment: datetime) -> date:
    """The date in Stockholm."""
    return local(moment).date()


def _month(day: date, language: str) -> str:
    name = format_date(day, "MMMM", locale=LANGUAGES[language].babel)
    if language == "ar":
        # Syrians and Iraqis use the first name of the month, other Arabic speakers the second.
        return f"{format_date(day, 'MMMM', locale='ar_SY')} / {name}"
    if language == "ti":
        # The Ge'ez calendar has the same names for other months, so the month's number is added.
        return f"{name} ({day.month})"
    return name
