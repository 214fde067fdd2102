"""What could be done about weeks with too little or too much room: open, merge or release a day. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median_low

from bookings.capacity.days import DayAhead, WeekAhead, monday_of
from bookings.capacity.spread import WORKING_DAYS
from bookings.capacity.thin import ThinDay

MOST_OPENED = 2  # days of one week


class Act(StrEnum):
    OPEN = "open"
    MERGE = "merge"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to do with a day of a place, which is a key; `into`: the day with which it is merged.

    `parties`: who find a place by it, or get another day. `minutes` of staff: what it costs, or saves if merged or
    released; `travel` is saved.
    """

    act: Act
    on: date
    location: int
    place: str
    parties: int
    minutes: int
    travel: int = 0
    into: date | None = None
    places: int = 0  # of the week without it

    @property
    def monday(self) -> date:
        return monday_of(self.on)


@dataclass(frozen=True, slots=True)
class PlaceToOpen:
    """Where and when a day may be opened: at this place, from this date on, on no holiday."""

    location: int
    place: str
    earliest: date
    holidays: Collection[date] = ()


def suggestions(
    weeks: Sequence[WeekAhead],
    days: Sequence[DayAhead],
    thin: Sequence[ThinDay],
    *,
    opening: PlaceToOpen | None,
    today: date,
) -> list[Suggestion]:
    """What to do, in the order of the days; no day is named twice."""
    by_monday = {week.monday: week for week in weeks}
    found = list(_openings(weeks, days, opening)) if opening else []
    found += _releases(by_monday, days, today=today)
    released = {(one.location, one.on) for one in found if one.act == Act.RELEASE}
    found += _merges([one for one in thin if (one.day.location, one.day.on) not in released], by_monday)
    return sorted(found, key=lambda one: (one.on, one.place))


def _openings(
    weeks: Sequence[WeekAhead], days: Sequence[DayAhead], opening: PlaceToOpen
) -> Iterator[Suggestion]:
    usual = [day for day in days if day.location == opening.location and day.places.number]
    places = median_low([day.places.number for day in usual]) if usual else 0
    minutes = median_low([day.staff_minutes for day in usual]) if usual else 0
    taken = {day.on for day in days if day.location == opening.location}
    for week in weeks:
        short = -week.left
        for day in _free_days(week.monday, taken, opening)[:MOST_OPENED]:
            if short > 0:
                parties = min(short, places) if places else short
                yield Suggestion(Act.OPEN, day, opening.location, opening.place, parties, minutes)
                short -= parties


def _free_days(monday: date, taken: Collection[date], opening: PlaceToOpen) -> list[date]:
    days = (monday + timedelta(days=n) for n in range(WORKING_DAYS))
    return [
        day for day in days if day not in taken and day not in opening.holidays and day >= opening.earliest
    ]


def _merges(thin: Sequence[ThinDay], weeks: Mapping[date, WeekAhead]) -> Iterator[Suggestion]:
    used: set[tuple[int, date]] = set()
    for one in sorted(thin, key=lambda one: one.day.on):
        if one.merge is None or one.day.monday not in weeks:
            continue
        named = {(one.day.location, one.day.on), (one.day.location, one.merge.into.on)}
        if not named & used:
            used |= named
            yield Suggestion(
                Act.MERGE,
                one.day.on,
                one.day.location,
                one.day.place,
                one.merge.parties,
                one.merge.staff_minutes,
                one.merge.travel_minutes,
                one.merge.into.on,
            )


def _releases(
    weeks: Mapping[date, WeekAhead], days: Sequence[DayAhead], *, today: date
) -> Iterator[Suggestion]:
    spare = {monday: week.places - week.span[1] for monday, week in weeks.items()}
    for day in days:
        is_idle = day.is_standby and not day.parties and day.on >= today
        if is_idle and day.monday in weeks and spare[day.monday] >= day.places.number:
            spare[day.monday] -= day.places.number
            left = weeks[day.monday].places - day.places.number
            yield Suggestion(
                Act.RELEASE,
                day.on,
                day.location,
                day.place,
                0,
                day.staff_minutes,
                day.travel_minutes,
                places=left,
            )
