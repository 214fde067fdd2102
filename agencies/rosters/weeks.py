"""Copy a week's shifts to another week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Location, Shift, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.days import add_each
from agencies.rosters.shifts import Duty
from agencies.rosters.who import require_coordinator

WEEK = timedelta(days=7)


class NotAMonday(Refusal):
    kind = "not-a-monday"
    field = "date"


@dataclass(frozen=True, slots=True)
class CopiedDay:
    """A day that was copied to: how many shifts were added, and why others were not."""

    date: date
    added: int
    conflicts: tuple[str, ...]


def copy_week(*, location: Location, monday: date, to: date, by: User, at: datetime) -> list[CopiedDay]:
    """Copy the shifts of the week that begins on `monday` to the one that begins on `to`, where days are open.

    Whoever works then already is left as it is, and told; nobody's shift is copied by half.
    Raises NotAMonday, NotForYourRole or SiteNotYours.
    """
    require_coordinator(by, location.site)
    if monday.weekday() or to.weekday():
        raise NotAMonday(_("A week begins on a Monday."))
    source = SiteDay.objects.filter(
        location=location, date__range=(monday, monday + WEEK - timedelta(days=1))
    )
    found = source.filter(closed_at=None).prefetch_related("shifts__breaks", "shifts__resource")
    return [_copied(day, day.date + (to - monday), by=by, at=at) for day in found.order_by("date")]


def _copied(day: SiteDay, date: date, *, by: User, at: datetime) -> CopiedDay:
    target = SiteDay.objects.filter(location=day.location_id, date=date, closed_at=None).first()
    if target is None:
        return CopiedDay(
            date, 0, (_("The location is not open on %(day)s; open the day first.") % {"day": date},)
        )
    duties = [_duty(shift) for shift in day.shifts.all()]
    conflicts = tuple(add_each(target, duties, by=by, at=at))
    return CopiedDay(date, len(duties) - len(conflicts), conflicts)


def _duty(shift: Shift) -> Duty:
    lunch = next(
        ((local(one.starts_at).time(), local(one.ends_at).time()) for one in shift.breaks.all()), None
    )
    return Duty(
        shift.resource,
        local(shift.starts_at).time(),
        local(shift.ends_at).time(),
        lunch,
        remote=shift.remote,
        desk=shift.desk,
        travel_minutes=shift.travel_minutes,
    )
