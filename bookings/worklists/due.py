"""By when somebody who wishes a call should have been called; without Django's tables."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from agencies.clock import at_wall_clock, local

MORNING, AFTERNOON = "morning", "afternoon"
ENDS = {MORNING: time(12), AFTERNOON: time(16)}
SATURDAY = 5


def call_by(given_at: datetime, *, period: str, holidays: Collection[date] = ()) -> datetime:
    """The end of the next such part of a working day, of the next one with an afternoon if nothing was said."""
    ends = ENDS.get(period, ENDS[AFTERNOON])
    day = local(given_at).date()
    while True:
        moment = at_wall_clock(day, ends)
        if day.weekday() < SATURDAY and day not in holidays and moment > given_at:
            return moment
        day += timedelta(days=1)
