"""Clock arithmetic: Stockholm's wall clock, UTC's durations, ages in whole years."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
UTC = ZoneInfo("UTC")


def at_wall_clock(day: date, clock: time) -> datetime:
    """The moment at which Stockholm's clocks show that time on that day."""
    return datetime.combine(day, clock, STOCKHOLM).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """The moment with Stockholm's offset."""
    return moment.astimezone(STOCKHOLM)


def age_on(birth: date, day: date) -> int:
    """Whole years on that day; somebody born on 29 February turns on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
