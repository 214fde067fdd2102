"""A location's coming days as calendars of bits, read in a constant number of queries and aggregated in SQL."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db import connection

from agencies.models import SiteDay
from bookings.planner import SLOT_MINUTES, Calendar, Day
from interpreters.models import Level

SLOT_SECONDS = SLOT_MINUTES * 60
LEVELS = Level.values

# Shifts and their breaks as arrays of slots since 1970: a part of a slot is no working time, and all of it a break.
HOURS = """
    array_agg((date_part('epoch', shift.starts_at)::bigint + 299) / 300),
    array_agg(date_part('epoch', shift.ends_at)::bigint / 300),
    array_agg(date_part('epoch', rest.starts_at)::bigint / 300) FILTER (WHERE rest.id IS NOT NULL),
    array_agg((date_part('epoch', rest.ends_at)::bigint + 299) / 300) FILTER (WHERE rest.id IS NOT NULL)
"""
BREAKS = "LEFT JOIN agencies_break rest ON rest.shift_id = shift.id"


@dataclass(frozen=True)
class Horizon:
    """A location's days laid end to end; each begins at its offset, one closed slot lies between two."""

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
        """Which day the slot lies in."""
        return bisect_right(self.offsets, slot) - 1

    def bits(self, spans: Iterable[tuple[int, int]]) -> int:
        """Half-open spans in slots since 1970 as bits of the horizon; what lies outside the days is cut off."""
        found = 0
        for first, last in spans:
            n = bisect_right(self.openings, first)
            n = n - 1 if n else 0
            day, opening = self.days[n], self.openings[n]
            start = first - opening if first > opening else 0
            end = min(day.slots, last - opening)
            if end > start:
                found |= ((1 << (end - start)) - 1) << (day.offset + start)
        return found


@dataclass(frozen=True, slots=True)
class Bookable:
    """A calendar of the horizon and what it belongs to: a user, an interpreter or a room; desks with their agency."""

    holder: int
    calendar: Calendar
    agency: int | None = None


def desks(
    horizon: Horizon, *, agencies: Sequence[int], sex: str = "", only: Sequence[int] | None = None
) -> list[Bookable]:
    """The desks of the agencies on shift on these days; one query, busy hours apart."""
    rows = _rows(
        f"""
        SELECT staff.id, staff.resource_id, {HOURS}, staff.agency_id
        FROM agencies_shift shift
        JOIN agencies_user staff ON staff.resource_id = shift.resource_id AND staff.is_active {BREAKS}
        WHERE shift.site_day_id = ANY(%(days)s) AND staff.agency_id = ANY(%(agencies)s)
          AND (%(sex)s = '' OR staff.sex = %(sex)s)
          AND (%(only)s::bigint[] IS NULL OR staff.resource_id = ANY(%(only)s))
        GROUP BY staff.id ORDER BY staff.resource_id
        """,
        horizon,
        agencies=list(agencies),
        sex=sex,
        only=only,
    )
    return _bookables(horizon, rows)


def interpreters(
    horizon: Horizon, *, language: str, sex: str = "", only: Sequence[int] | None = None
) -> list[Bookable]:
    """Those who interpret the language on these days: on site before remote, then the highest level."""
    rows = _rows(
        f"""
        SELECT interpreter.id, interpreter.resource_id, {HOURS}
        FROM agencies_shift shift
        JOIN interpreters_interpreter interpreter ON interpreter.resource_id = shift.resource_id
        JOIN interpreters_mastery mastery ON mastery.interpreter_id = interpreter.id {BREAKS}
        WHERE shift.site_day_id = ANY(%(days)s) AND mastery.language = %(language)s
          AND (%(sex)s = '' OR interpreter.sex = %(sex)s)
          AND (%(only)s::bigint[] IS NULL OR interpreter.resource_id = ANY(%(only)s))
        GROUP BY interpreter.id, mastery.level
        ORDER BY interpreter.remote, array_position(%(levels)s::varchar[], mastery.level), interpreter.resource_id
        """,
        horizon,
        language=language,
        sex=sex,
        levels=LEVELS,
        only=only,
    )
    return _bookables(horizon, rows)


def rooms(horizon: Horizon, *, step_free: bool = False, only: Sequence[int] | None = None) -> list[Bookable]:
    """The rooms of the days' location, open as long as the location is."""
    rows = _rows(
        """
        SELECT room.id, room.resource_id,
               array_agg(date_part('epoch', day.opens_at)::bigint / 300),
               array_agg(date_part('epoch', day.closes_at)::bigint / 300), NULL, NULL
        FROM agencies_room room
        JOIN agencies_siteday day ON day.location_id = room.location_id
        WHERE day.id = ANY(%(days)s) AND room.resource_id IS NOT NULL
          AND (room.step_free OR NOT %(step_free)s)
          AND (%(only)s::bigint[] IS NULL OR room.resource_id = ANY(%(only)s))
        GROUP BY room.id ORDER BY room.resource_id
        """,
        horizon,
        step_free=step_free,
        only=only,
    )
    return _bookables(horizon, rows)


def busy_bits(horizon: Horizon, resources: Sequence[int]) -> dict[int, int]:
    """What the resources have claimed, across the walls: times only, never for whom."""
    if not (resources and horizon.site_days):
        return {}
    rows = _rows(
        """
        SELECT resource_id,
               array_agg(date_part('epoch', lower(held))::bigint / 300),
               array_agg((date_part('epoch', upper(held))::bigint + 299) / 300)
        FROM (
            SELECT resource_id, unnest(range_agg(period)) AS held FROM free_busy
            WHERE resource_id = ANY(%(resources)s) AND starts_at >= %(first)s AND starts_at < %(last)s
            GROUP BY resource_id
        ) merged GROUP BY resource_id
        """,
        horizon,
        resources=list(resources),
        first=min(day.opens_at for day in horizon.site_days),
        last=max(day.closes_at for day in horizon.site_days),
    )
    return {resource: _spans(horizon, starts, ends) for resource, starts, ends in rows}


def _rows(query: str, horizon: Horizon, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"days": [day.pk for day in horizon.site_days], **values})
        return cursor.fetchall()


def _bookables(horizon: Horizon, rows: list[tuple[Any, ...]]) -> list[Bookable]:
    return [
        Bookable(
            holder=holder,
            calendar=Calendar(
                resource, _spans(horizon, starts, ends) & ~_spans(horizon, rests, ends_of_rests)
            ),
            agency=agency[0] if agency else None,
        )
        for holder, resource, starts, ends, rests, ends_of_rests, *agency in rows
    ]


def _spans(horizon: Horizon, starts: Sequence[int] | None, ends: Sequence[int] | None) -> int:
    """The bits of two arrays; SQL says NULL where there is nothing to put into one."""
    return horizon.bits(zip(starts or (), ends or (), strict=True))


def _slot_of(moment: datetime) -> int:
    return int(moment.timestamp()) // SLOT_SECONDS
