"""Days that reach too few people for their staff hours and travel, and what merging two days would save. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from bookings.capacity.days import DayAhead
from bookings.capacity.spread import Expected

NEIGHBOURS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ThinLimits:
    """By day how many hours of staff, travel included, each person who is reached may cost.

    `unsaid`: so near a day is judged by what is booked, if nobody has said who is expected.
    """

    hours_on: Callable[[date], int]
    unsaid: timedelta


@dataclass(frozen=True, slots=True)
class Merge:
    """The day to which the thin one's parties could go, and the minutes that would be saved."""

    into: DayAhead
    parties: int
    staff_minutes: int
    travel_minutes: int


@dataclass(frozen=True, slots=True)
class ThinDay:
    """A day that reaches so many people, booked or expected, whichever are more; `merge`: None if no day has room.

    `limit`: how many hours each of them may cost.
    """

    day: DayAhead
    people: int
    limit: int
    merge: Merge | None

    @property
    def hours(self) -> float:
        """Staff hours, travel included."""
        return self.day.minutes / 60


def thin_days(
    days: Sequence[DayAhead],
    expected: Mapping[date, Expected],
    limits: ThinLimits,
    *,
    today: date,
    party_size: float,
) -> list[ThinDay]:
    """The thin ones among the days from today on; `expected` in parties of `party_size` by the week's Monday."""
    return list(_thin(days, expected, limits, today=today, party_size=party_size))


def _thin(
    days: Sequence[DayAhead],
    expected: Mapping[date, Expected],
    limits: ThinLimits,
    *,
    today: date,
    party_size: float,
) -> Iterator[ThinDay]:
    shares = {day: share_of(day, days, expected) for day in days}
    for day in days:
        share = shares[day]
        if day.is_merging or day.on < today or (share is None and day.on > today + limits.unsaid):
            continue
        people = max(day.people, round((share or 0) * party_size))
        limit = limits.hours_on(day.on)
        if day.minutes > limit * 60 * people:
            yield ThinDay(day, people, limit, _merge(day, days, shares, today=today))


def share_of(day: DayAhead, days: Sequence[DayAhead], expected: Mapping[date, Expected]) -> float | None:
    """The parties expected in its week that come on that day, by the hours of its staff; None: nobody has said."""
    if day.monday not in expected:
        return None
    week = [one for one in days if one.monday == day.monday]
    worked = sum(one.staff_minutes for one in week)
    part = day.staff_minutes / worked if worked else 1 / len(week)
    return expected[day.monday].likely * part


def _merge(
    day: DayAhead, days: Sequence[DayAhead], shares: Mapping[DayAhead, float | None], *, today: date
) -> Merge | None:
    """The nearest day of the same place that has room for all who come on this one; the earlier of two."""
    need = _coming(day, shares)
    fits = [
        other
        for other in days
        if other.location == day.location
        and other.on != day.on
        and not other.is_merging
        and other.on >= today
        and abs(other.on - day.on) <= NEIGHBOURS
        and other.places.number - _coming(other, shares) >= need
    ]
    if not fits or not day.minutes:
        return None
    into = min(fits, key=lambda other: (abs(other.on - day.on), other.on))
    return Merge(into, day.parties, day.staff_minutes, day.travel_minutes)


def _coming(day: DayAhead, shares: Mapping[DayAhead, float | None]) -> int:
    return max(day.parties, ceil(round(shares[day] or 0, 6)))
