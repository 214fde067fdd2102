"""Close a day, and open the days of a location's weekly pattern."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from agencies.models import Location, PatternShift, Resource, SiteDay, User, WeeklyPattern
from agencies.rosters.held import DayIsBooked, held_of
from agencies.rosters.locks import lock_resources
from agencies.rosters.shifts import DayNotOpened, Duty, ShiftNotAdded, ShortNotice, add_shifts, open_day
from agencies.rosters.who import require_coordinator

LONGEST = timedelta(days=370)


@dataclass(frozen=True, slots=True)
class OpenedDay:
    """A day of the pattern: opened, or why not; `conflicts`: why somebody of the pattern is not on shift then."""

    date: date
    site_day: SiteDay | None = None
    why: str = ""
    conflicts: tuple[str, ...] = ()


@transaction.atomic
def close_day(*, site_day: SiteDay, by: User, at: datetime) -> None:
    """Call the day off; its shifts go. If cancelled meetings belong to it, the day is kept as closed.

    What was to be merged into it is merged no more.
    Raises DayIsBooked, NotForYourRole or SiteNotYours.
    """
    require_coordinator(by, site_day.location.site)
    resources = list(site_day.shifts.values_list("resource_id", flat=True))
    lock_resources(resources, days=[site_day.pk])
    if held := held_of(resources, (site_day.opens_at, site_day.closes_at)):
        raise DayIsBooked(held)
    SiteDay.objects.select_for_update().filter(pk=site_day.pk).first()  # from here on nobody is put on shift
    SiteDay.objects.filter(location=site_day.location_id, merges_into=site_day.date).update(merges_into=None)
    site_day.shifts.all().delete()
    if not _is_deleted(site_day):
        site_day.closed_at = at
        site_day.save(update_fields=["closed_at"])


def _is_deleted(site_day: SiteDay) -> bool:
    """Delete the day, if no row that the viewer may not even see points to it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM agencies_siteday WHERE id = %s", [site_day.pk])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return False
    return True


def open_weeks(
    *,
    location: Location,
    first: date,
    last: date,
    by: User,
    at: datetime,
    short_notice: bool = False,
) -> list[OpenedDay]:
    """Open the days of the location's pattern from the first date to the last, and put its people on shift.

    Days that are holidays, open already, past or too near are told and left as they are; again changes nothing.
    Raises NotForYourRole or SiteNotYours, and DayNotOpened for no period or more than a year.
    """
    require_coordinator(by, location.site)
    patterns = list(location.patterns.prefetch_related("shifts__resource"))
    days = [(day, pattern) for day in _dates(first, last) for pattern in patterns if _holds(pattern, day)]
    return [_open(pattern, day, by=by, at=at, short_notice=short_notice) for day, pattern in days]


def _dates(first: date, last: date) -> Iterator[date]:
    if last < first:
        message = _("The last day lies before the first.")
        raise DayNotOpened(message, errors={"last": [message]})
    if last - first > LONGEST:
        raise DayNotOpened(_("Open a year at a time at most."))
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _holds(pattern: WeeklyPattern, day: date) -> bool:
    ends = pattern.valid_to or day
    return pattern.weekday == day.isoweekday() and pattern.valid_from <= day <= ends


@transaction.atomic
def _open(pattern: WeeklyPattern, day: date, *, by: User, at: datetime, short_notice: bool) -> OpenedDay:
    try:
        with transaction.atomic():
            site_day = open_day(
                location=pattern.location,
                day=day,
                opens=pattern.opens,
                closes=pattern.closes,
                by=by,
                at=at,
                short_notice=short_notice,
            )
    except (DayNotOpened, ShortNotice) as refusal:
        return OpenedDay(day, why=refusal.message)
    return OpenedDay(
        day, site_day, conflicts=tuple(add_each(site_day, map(_duty, pattern.shifts.all()), by=by, at=at))
    )


def _duty(shift: PatternShift) -> Duty:
    lunch = (shift.break_starts, shift.break_ends) if shift.break_starts and shift.break_ends else None
    return Duty(shift.resource, shift.starts, shift.ends, lunch, remote=shift.remote, desk=shift.desk)


def add_each(site_day: SiteDay, duties: Iterable[Duty], *, by: User, at: datetime) -> Iterator[str]:
    """Put each person on shift who can be; for each other one, who and why not."""
    for duty in duties:
        try:
            add_shifts(site_day=site_day, duties=[duty], by=by, at=at)
        except ShiftNotAdded as refusal:
            yield f"{name_of(duty.resource)}: {refusal.message}"


def name_of(resource: Resource) -> str:
    """What a roster calls the resource: its user's name, or the interpreter's reference."""
    user = User.objects.filter(resource=resource).first()
    return str(user) if user else resource.reference or str(resource)
