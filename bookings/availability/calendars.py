"""The hours and claims of desks, rooms and interpreters on a location's days, as bits of one integer each."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from django.db import connection

from agencies.models import SiteDay
from agencies.rosters.queries import ResourceHours, desk_hours, room_hours
from bookings.planner import SLOT_SECONDS, Calendar, Day, Span, touched_slots, whole_slots
from interpreters.pool.queries import interpreter_hours

# Aggregated and rounded in SQL: a site's coming days hold tens of thousands of claims.
BUSY = """
    SELECT resource_id,
           array_agg(date_part('epoch', lower(held))::bigint / %(slot)s),
           array_agg((date_part('epoch', upper(held))::bigint + %(slot)s - 1) / %(slot)s)
    FROM (
        SELECT resource_id, unnest(range_agg(period)) AS held FROM free_busy
        WHERE resource_id = ANY(%(resources)s) AND starts_at >= %(first)s AND starts_at < %(last)s
        GROUP BY resource_id
    ) merged GROUP BY resource_id
"""
UNWANTED = """AND NOT EXISTS (
    SELECT FROM bookings_unwantedinterpreter unwanted JOIN bookings_party party ON party.id = unwanted.party_id
    WHERE party.reference = %(party)s AND unwanted.interpreter_id = holder)"""


@dataclass(frozen=True)
class Horizon:
    """The planning horizon: a location's open days laid end to end as slots 0, 1, 2 ...

    `days` are the planner's, `offsets` each day's first slot there, `openings` the same slot counted since 1970;
    one closed slot lies between two days.
    """

    site_days: tuple[SiteDay, ...]
    days: tuple[Day, ...] = field(init=False)
    offsets: tuple[int, ...] = field(init=False)
    openings: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        openings = tuple(_slot_of(day.opens_at) for day in self.site_days)
        lengths = [
            _slot_of(day.closes_at) - opening for day, opening in zip(self.site_days, openings, strict=True)
        ]
        offsets = tuple(accumulate((length + 1 for length in lengths[:-1]), initial=0)) if lengths else ()
        object.__setattr__(self, "days", tuple(map(Day, offsets, lengths)))
        object.__setattr__(self, "offsets", offsets)
        object.__setattr__(self, "openings", openings)

    def moment(self, slot: int) -> datetime:
        """The moment at which the slot begins."""
        n = self.day_of(slot)
        return datetime.fromtimestamp(
            (self.openings[n] + slot - self.offsets[n]) * SLOT_SECONDS, tz=self.site_days[n].opens_at.tzinfo
        )

    def slot(self, moment: datetime) -> int:
        """The slot that begins at the moment, which lies within one of the days."""
        at = _slot_of(moment)
        n = max(bisect_right(self.openings, at) - 1, 0)
        return self.offsets[n] + at - self.openings[n]

    def day_of(self, slot: int) -> int:
        """The index of the day in which the slot lies."""
        return bisect_right(self.offsets, slot) - 1

    def bits(self, spans: Iterable[Span]) -> int:
        """Spans in slots since 1970 as bits of the horizon, each cut to the opening hours of the day it begins on."""
        bits = 0
        for first, last in spans:
            n = bisect_right(self.openings, first)
            n = n - 1 if n else 0
            day, opening = self.days[n], self.openings[n]
            start = first - opening if first > opening else 0
            end = min(day.slots, last - opening)
            if end > start:
                bits |= ((1 << (end - start)) - 1) << (day.offset + start)
        return bits


@dataclass(frozen=True, slots=True)
class Bookable:
    """A resource's calendar; `holder` is the key of its user, interpreter or room, desks have an agency."""

    holder: int
    calendar: Calendar
    agency: int | None = None


def desk_calendars(
    horizon: Horizon, *, agencies: Sequence[int], sex: str = "", only: Sequence[int] | None = None
) -> list[Bookable]:
    """The desks of the agencies on shift on these days, claims not yet taken off; one query."""
    return _bookables(horizon, desk_hours(horizon.site_days, agencies=agencies, sex=sex, only=only))


def interpreter_calendars(
    horizon: Horizon, *, language: str, sex: str = "", party: str = "", only: Sequence[int] | None = None
) -> list[Bookable]:
    """Those who interpret the language on these days, in order of preference; one query.

    `party`: by its reference, without those whom it does not wish to have again.
    """
    but = {"but": UNWANTED, "party": party} if party else {}
    hours = interpreter_hours(horizon.site_days, language=language, sex=sex, only=only, **but)
    return _bookables(horizon, hours)


def room_calendars(
    horizon: Horizon, *, step_free: bool = False, only: Sequence[int] | None = None
) -> list[Bookable]:
    """The rooms of the days' location; one query."""
    return _bookables(horizon, room_hours(horizon.site_days, step_free=step_free, only=only))


def busy_bits(horizon: Horizon, resources: Sequence[int]) -> dict[int, int]:
    """What all chains, also those that row level security hides, have claimed of the resources; one query."""
    if not (resources and horizon.site_days):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            BUSY,
            {
                "resources": list(resources),
                "first": min(day.opens_at for day in horizon.site_days),
                "last": max(day.closes_at for day in horizon.site_days),
                "slot": SLOT_SECONDS,
            },
        )
        return {
            resource: horizon.bits(zip(starts, ends, strict=True))
            for resource, starts, ends in cursor.fetchall()
        }


def _bookables(horizon: Horizon, found: Sequence[ResourceHours]) -> list[Bookable]:
    return [
        Bookable(
            holder=one.holder,
            calendar=Calendar(
                one.resource,
                horizon.bits(whole_slots(one.hours)) & ~horizon.bits(touched_slots(one.breaks)),
            ),
            agency=one.agency,
        )
        for one in found
    ]


def _slot_of(moment: datetime) -> int:
    return int(moment.timestamp()) // SLOT_SECONDS
