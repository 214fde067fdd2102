"""What lies ahead at places and in rooms."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Location, Room, Shift, SiteDay
from agencies.refusals import Refusal
from agencies.rosters.held import FAR, held_of


class SiteIsBooked(Refusal):
    """Days lie ahead; `days` says how many, `meetings` how many times of people meetings hold then."""

    kind = "site-is-booked"
    status = 409

    def __init__(self, days: int, meetings: int) -> None:
        super().__init__(
            _(
                "%(days)s days lie ahead here, with %(meetings)s times booked for meetings."
                " Move them and call the days off first; pausing lets nobody new be booked meanwhile."
            )
            % {"days": days, "meetings": meetings}
        )
        self.days, self.meetings = days, meetings


def days_ahead(places: Iterable[Location], at: datetime) -> int:
    """On how many days from today on one of the places is open."""
    return SiteDay.objects.filter(location__in=places, date__gte=local(at).date(), closed_at=None).count()


def meetings_ahead(places: Iterable[Location], at: datetime) -> int:
    """How many times of the places' caseworkers and interpreters meetings hold from now on."""
    shifts = Shift.objects.filter(site_day__location__in=places, site_day__closed_at=None, ends_at__gt=at)
    hours = list(shifts.values_list("resource_id", "starts_at", "ends_at"))
    held = held_of((resource for resource, _starts, _ends in hours), (at, at + FAR))
    return sum(
        any(one.resource == resource and starts <= one.starts_at < ends for resource, starts, ends in hours)
        for one in held
    )


def meetings_in(room: Room, at: datetime) -> int:
    """How many meetings are booked in the room from now on."""
    return len(held_of([room.resource_id], (at, at + FAR))) if room.resource_id else 0


def require_nothing_ahead(places: list[Location], at: datetime) -> None:
    """Raises SiteIsBooked if one of the places is open on a day from today on."""
    if days := days_ahead(places, at):
        raise SiteIsBooked(days, meetings_ahead(places, at))
