"""Conversion between Stockholm's wall clock and moments; ages."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
UTC = ZoneInfo("UTC")


def at_wall_clock(day: date, clock: time) -> datetime:
    """The moment, in UTC, of that time of day in Stockholm."""
    return datetime.combine(day, clock, STOCKHOLM).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """The moment in Stockholm's time zone."""
    return moment.astimezone(STOCKHOLM)


def age_on(birth: date, day: date) -> int:
    """Age in whole years on that day; somebody born on 29 February has the birthday on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
