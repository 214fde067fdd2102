"""A site's open days and weeks with what they take, what is booked and what is expected. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bookings.capacity.places import Places
from bookings.capacity.spread import Expected

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayAhead:
    """An open day of a place: what it takes, how many are booked, and the minutes that its people work and travel.

    `location` is a key; `is_standby`: all its people are on stand-by until a date; `is_merging`: who is booked is asked
    to come another day.
    """

    location: int
    place: str
    on: date
    places: Places
    parties: int = 0
    people: int = 0
    staff_minutes: int = 0
    travel_minutes: int = 0
    is_standby: bool = False
    is_merging: bool = False

    @property
    def monday(self) -> date:
        return monday_of(self.on)

    @property
    def minutes(self) -> int:
        """Worked and travelled."""
        return self.staff_minutes + self.travel_minutes


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """A site's week; `expected` in parties, who are booked or not yet; None: nobody has said."""

    monday: date
    days: int
    places: int
    parties: int
    expected: Expected | None

    @property
    def likely(self) -> int:
        """How many parties come, as far as is known: what is booked is the least."""
        return self._least(self.expected.likely if self.expected else 0)

    @property
    def span(self) -> tuple[int, int]:
        """The same at the lowest and at the highest."""
        if self.expected is None:
            return self.parties, self.parties
        return self._least(self.expected.lowest), self._least(self.expected.highest)

    @property
    def left(self) -> int:
        """Places that are left when all who are likely have come; below zero: that many parties find none."""
        return self.places - self.likely

    def lacking(self, parties: int) -> int:
        """How many of so many parties find no place."""
        return max(0, parties - self.places)

    def _least(self, expected: float) -> int:
        return max(self.parties, round(expected))


@dataclass(frozen=True, slots=True)
class Shortage:
    """The weeks that take fewer parties than are likely, and how many find no place: at the lowest, likely, highest."""

    weeks: tuple[date, ...]
    lowest: int
    likely: int
    highest: int


def weeks_ahead(
    mondays: Iterable[date], days: Sequence[DayAhead], expected: dict[date, Expected]
) -> list[WeekAhead]:
    """The weeks with their sums; `expected` in parties by the week's Monday."""
    found = []
    for monday in mondays:
        own = [day for day in days if day.monday == monday]
        places, parties = sum(day.places.number for day in own), sum(day.parties for day in own)
        found.append(WeekAhead(monday, len(own), places, parties, expected.get(monday)))
    return found


def shortage_of(weeks: Sequence[WeekAhead]) -> Shortage:
    """What is lacking over the weeks; what is left in one week helps in no other."""
    short = tuple(week.monday for week in weeks if week.left < 0)
    lowest, highest = (sum(week.lacking(week.span[end]) for week in weeks) for end in (0, 1))
    return Shortage(short, lowest, sum(week.lacking(week.likely) for week in weeks), highest)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
