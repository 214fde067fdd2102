"""Working hours of desks and opening hours of rooms on given site days; one query each, nothing claimed taken off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet

from agencies.models import Shift, SiteDay

Span = tuple[int, int]  # half-open, in seconds since 1970

# A shift offers time while it is approved; one on stand-by before its date, and from then on if something is booked in
# it. That is what the task that releases it makes of it, whenever that runs. The app that books makes the function.
STANDBY = "offers_on_standby"
OFFERS = f"""shift.state = 'approved' AND (shift.standby_until IS NULL
    OR {STANDBY}(shift.standby_until, shift.resource_id, shift.starts_at, shift.ends_at))"""

# "{holders}" is SQL with the columns holder, resource_id, agency_id, sex and place, the last to order by; "{but}" may
# leave out further ones by these and by the columns of `shift`.
SHIFTS = f"""
    SELECT holder, holders.resource_id, agency_id,
           array_agg(date_part('epoch', shift.starts_at)::bigint),
           array_agg(date_part('epoch', shift.ends_at)::bigint),
           array_agg(date_part('epoch', pause.starts_at)::bigint) FILTER (WHERE pause.id IS NOT NULL),
           array_agg(date_part('epoch', pause.ends_at)::bigint) FILTER (WHERE pause.id IS NOT NULL),
           array_agg(date_part('epoch', greatest(away.starts_at, shift.starts_at))::bigint)
             FILTER (WHERE away.id IS NOT NULL),
           array_agg(date_part('epoch', least(away.ends_at, shift.ends_at))::bigint)
             FILTER (WHERE away.id IS NOT NULL)
    FROM ({{holders}}) holders
    JOIN agencies_shift shift ON shift.resource_id = holders.resource_id
    LEFT JOIN agencies_break pause ON pause.shift_id = shift.id
    LEFT JOIN agencies_absence away
      ON away.resource_id = shift.resource_id AND away.starts_at < shift.ends_at AND away.ends_at > shift.starts_at
    WHERE {OFFERS.format(shift="shift")} AND shift.site_day_id = ANY(%(days)s)
      AND (%(sex)s = '' OR sex = %(sex)s)
      AND (%(only)s::bigint[] IS NULL OR holders.resource_id = ANY(%(only)s)) {{but}}
    GROUP BY holder, holders.resource_id, agency_id, place
    ORDER BY place, holders.resource_id
"""
CASEWORKERS = """
    SELECT id AS holder, resource_id, agency_id, sex, 0 AS place
    FROM agencies_user WHERE is_active AND agency_id = ANY(%(agencies)s)
"""
ROOMS = """
    SELECT room.id, room.resource_id, NULL,
           array_agg(date_part('epoch', day.opens_at)::bigint),
           array_agg(date_part('epoch', day.closes_at)::bigint), NULL, NULL, NULL, NULL
    FROM agencies_room room
    JOIN agencies_siteday day ON day.location_id = room.location_id
    WHERE day.id = ANY(%(days)s) AND room.resource_id IS NOT NULL AND room.closed_at IS NULL
      AND (room.step_free OR NOT %(step_free)s)
      AND (%(only)s::bigint[] IS NULL OR room.resource_id = ANY(%(only)s))
    GROUP BY room.id ORDER BY room.resource_id
"""


@dataclass(frozen=True, slots=True)
class ResourceHours:
    """When a resource is at work; `holder` is the key of its user, interpreter or room, desks have an agency.

    `breaks` are also the times of a shift in which its holder is absent. Shifts that offer no time give no hours.
    """

    holder: int
    resource: int
    agency: int | None
    hours: tuple[Span, ...]
    breaks: tuple[Span, ...]


def offered_shifts() -> QuerySet[Shift]:
    """Those that offer time, by the rule of `OFFERS`."""
    still = Func(
        *(F(name) for name in ("standby_until", "resource_id", "starts_at", "ends_at")),
        function=STANDBY,
        output_field=BooleanField(),
    )
    return Shift.objects.filter(Q(standby_until=None) | Q(still), state=Shift.State.APPROVED)


def desk_hours(
    site_days: Sequence[SiteDay], *, agencies: Sequence[int], sex: str = "", only: Sequence[int] | None = None
) -> list[ResourceHours]:
    """The shifts of these agencies' active caseworkers, by key of the resource; `only`: among these resources."""
    return shift_hours(CASEWORKERS, site_days, sex=sex, only=only, agencies=list(agencies))


def shift_hours(
    holders: str,
    site_days: Sequence[SiteDay],
    *,
    sex: str,
    only: Sequence[int] | None,
    but: str = "",
    **values: Any,
) -> list[ResourceHours]:
    """The shifts of those whom the SQL `holders` and `but` leave, with their `values`; how stands at SHIFTS."""
    return _read(SHIFTS.format(holders=holders, but=but), site_days, sex=sex, only=only, **values)


def room_hours(
    site_days: Sequence[SiteDay], *, step_free: bool = False, only: Sequence[int] | None = None
) -> list[ResourceHours]:
    """The rooms of the days' locations, which are open as long as their location is."""
    return _read(ROOMS, site_days, step_free=step_free, only=only)


def _read(query: str, site_days: Sequence[SiteDay], **values: Any) -> list[ResourceHours]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"days": [day.pk for day in site_days], **values})
        return [
            ResourceHours(holder, resource, agency, _spans(*hours), (*_spans(*pauses), *_spans(*absences)))
            for holder, resource, agency, hours, pauses, absences in map(_grouped, cursor.fetchall())
        ]


def _grouped(row: Sequence[Any]) -> tuple[Any, ...]:
    """The row's arrays in pairs: of hours, breaks and absences."""
    return (*row[:3], row[3:5], row[5:7], row[7:9])


def _spans(starts: Sequence[int] | None, ends: Sequence[int] | None) -> tuple[Span, ...]:
    """Pairs of two arrays; SQL gives NULL for an empty one."""
    return tuple(zip(starts or (), ends or (), strict=True))
