"""How much of the desks' time is booked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from agencies.models import SiteDay

LOADS = """
    SELECT shift.site_day_id, agency.code,
           sum(extract(epoch FROM shift.ends_at - shift.starts_at) - coalesce(rested.seconds, 0))::float / 60,
           coalesce(sum(held.seconds), 0)::float / 60
    FROM agencies_shift shift
    JOIN agencies_user staff ON staff.resource_id = shift.resource_id
    JOIN agencies_agency agency ON agency.id = staff.agency_id
    LEFT JOIN LATERAL (
        SELECT sum(extract(epoch FROM ends_at - starts_at)) AS seconds
        FROM agencies_break WHERE shift_id = shift.id
    ) rested ON true
    LEFT JOIN LATERAL (
        SELECT sum(extract(epoch FROM upper(period) - lower(period))) AS seconds FROM free_busy
        WHERE resource_id = shift.resource_id AND starts_at >= shift.starts_at AND starts_at < shift.ends_at
    ) held ON true
    WHERE shift.site_day_id = ANY(%s) GROUP BY shift.site_day_id, agency.code
"""


@dataclass(frozen=True, slots=True)
class Load:
    """The minutes of an agency's desks on one day: on shift, and held."""

    site_day: int
    agency: str
    on_shift: float
    held: float


def loads(site_days: Sequence[SiteDay]) -> list[Load]:
    """The loads of these days, one for each agency; one query."""
    with connection.cursor() as cursor:
        cursor.execute(LOADS, [[day.pk for day in site_days]])
        return [Load(*row) for row in cursor.fetchall()]


def percent(some: Iterable[Load]) -> int:
    """The held part of them."""
    some = list(some)
    return round(100 * sum(load.held for load in some) / sum(load.on_shift for load in some))
