"""Dates and times for people, in six languages: Gregorian calendar, Latin digits, Stockholm's time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from agencies.languages import LANGUAGES

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def weekday(day: date, language: str) -> str:
    """The name of the weekday: "tisdag"."""
    return format_date(day, "EEEE", locale=LANGUAGES[language].babel)


def day_month_year(day: date, language: str) -> str:
    """Day, month and year: "8 december 2026"."""
    return f"{day.day} {_month(day, language)} {day.year}"


def full_date(day: date, language: str) -> str:
    """Weekday, day, month and year: "tisdag 8 december 2026"."""
    return f"{weekday(day, language)} {day_month_year(day, language)}"


def clock(moment: datetime) -> str:
    """The time in Stockholm: "09:15"."""
    return moment.astimezone(STOCKHOLM).strftime("%H:%M")


def stockholm(moment: datetime) -> date:
    """The date in Stockholm."""
    return moment.astimezone(STOCKHOLM).date()


def _month(day: date, language: str) -> str:
    name = format_date(day, "MMMM", locale=LANGUAGES[language].babel)
    if language == "ar":
        # Syria and Iraq use the first name of the month, other countries the second.
        return f"{format_date(day, 'MMMM', locale='ar_SY')} / {name}"
    if language == "ti":
        # The Ge'ez calendar uses the same names for other months, so the number is added.
        return f"{name} ({day.month})"
    return name
