"""Moments and the time of day in Stockholm; ages in whole years."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
UTC = ZoneInfo("UTC")


def at_wall_clock(day: date, clock: time) -> datetime:
    """The moment, in UTC, at which clocks in Stockholm show that time on that day."""
    return datetime.combine(day, clock, STOCKHOLM).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """The same moment in Stockholm's time zone."""
    return moment.astimezone(STOCKHOLM)


def age_on(birth: date, day: date) -> int:
    """Whole years on that day; somebody born on 29 February turns on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
