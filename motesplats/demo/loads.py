"""How much of the desks' time is booked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agencies.models import Agency, SiteDay
from bookings.availability.calendars import Horizon, busy_bits, desk_calendars
from bookings.planner import SLOT_MINUTES


@dataclass(frozen=True, slots=True)
class Load:
    """The minutes of an agency's desks on one day: on shift, and booked; `site_day` is a key."""

    site_day: int
    agency: str
    on_shift: int
    booked: int


def loads(site_days: Sequence[SiteDay]) -> list[Load]:
    """The loads of one location's days, by day and agency; agencies that have no shift are left out. Three queries."""
    codes = dict(Agency.objects.values_list("pk", "code"))
    horizon = Horizon(tuple(site_days))
    desks = desk_calendars(horizon, agencies=list(codes))
    busy = busy_bits(horizon, [desk.calendar.resource for desk in desks])
    minutes: dict[tuple[int, str], list[int]] = {}
    for desk in desks:
        assert desk.agency is not None, "every desk has an agency"
        hours, taken = desk.calendar.hours, busy.get(desk.calendar.resource, 0)
        for site_day, day in zip(site_days, horizon.days, strict=True):
            if on_shift := hours & day.opening:
                load = minutes.setdefault((site_day.pk, codes[desk.agency]), [0, 0])
                load[0] += on_shift.bit_count() * SLOT_MINUTES
                load[1] += (on_shift & taken).bit_count() * SLOT_MINUTES
    return [Load(*key, *load) for key, load in minutes.items()]


def percent(some: Iterable[Load]) -> int:
    """The share of these loads that is booked."""
    some = list(some)
    return round(100 * sum(load.booked for load in some) / sum(load.on_shift for load in some))
