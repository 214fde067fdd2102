"""Dates and times in words: Gregorian, Latin digits, Stockholm's clock, in six languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from agencies.languages import LANGUAGES

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def weekday(day: date, language: str) -> str:
    """The day's name: "tisdag"."""
    return format_date(day, "EEEE", locale=LANGUAGES[language].babel)


def day_month_year(day: date, language: str) -> str:
    """The day in the year: "8 december 2026"."""
    return f"{day.day} {_month(day, language)} {day.year}"


def full_date(day: date, language: str) -> str:
    """Weekday, day, month and year: "tisdag 8 december 2026"."""
    return f"{weekday(day, language)} {day_month_year(day, language)}"


def clock(moment: datetime) -> str:
    """The hour in Stockholm: "09:15"."""
    return moment.astimezone(STOCKHOLM).strftime("%H:%M")


def stockholm(moment: datetime) -> date:
    """The day in Stockholm."""
    return moment.astimezone(STOCKHOLM).date()


def _month(day: date, language: str) -> str:
    name = format_date(day, "MMMM", locale=LANGUAGES[language].babel)
    if language == "ar":
        # Syrians and Iraqis say the first, everyone else the second.
        return f"{format_date(day, 'MMMM', locale='ar_SY')} / {name}"
    if language == "ti":
        # The same names are months of the Ge'ez calendar, so the number stands beside.
        return f"{name} ({day.month})"
    return name
