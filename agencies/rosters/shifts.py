"""Open a location's days and put people on shift."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.clock import at_wall_clock
from agencies.models import Break, Holiday, Location, Resource, Shift, SiteDay
from agencies.refusals import Refusal

OPENS, CLOSES = time(8, 30), time(16)


class DayNotOpened(Refusal):
    kind = "day-not-opened"
    field = "date"


class ShiftNotAdded(Refusal):
    kind = "shift-not-added"
    field = "shifts"


@dataclass(frozen=True, slots=True)
class Duty:
    """A resource's hours on one site day, in Stockholm's time; by default from opening to closing, without lunch."""

    resource: Resource
    starts: time | None = None
    ends: time | None = None
    lunch: tuple[time, time] | None = None
    remote: bool = False
    desk: str = ""


def open_day(*, location: Location, day: date, opens: time = OPENS, closes: time = CLOSES) -> SiteDay:
    """Open the location on that day, hours in Stockholm's time.

    Raises DayNotOpened on a public holiday, when the day is open already or would close before it opens.
    """
    if holiday := Holiday.objects.filter(date=day).first():
        raise DayNotOpened(_("%(day)s is a public holiday: %(name)s.") % {"day": day, "name": holiday})
    if opens >= closes:
        raise DayNotOpened(_("A day opens before it closes."))
    hours = {"opens_at": at_wall_clock(day, opens), "closes_at": at_wall_clock(day, closes)}
    site_day, created = SiteDay.objects.get_or_create(location=location, date=day, defaults=hours)
    if not created:
        raise DayNotOpened(_("That day is already open at this location."))
    return site_day


def add_shifts(*, site_day: SiteDay, duties: Iterable[Duty]) -> list[Shift]:
    """Put people on shift on an open day, all or nobody.

    Raises ShiftNotAdded for hours outside the day, a break outside its shift, or somebody who works elsewhere then.
    """
    duties = list(duties)
    shifts = [_shift(site_day, duty) for duty in duties]
    breaks = [_break(shift, duty.lunch) for shift, duty in zip(shifts, duties, strict=True) if duty.lunch]
    try:
        with transaction.atomic():
            Shift.objects.bulk_create(shifts)
            Break.objects.bulk_create(breaks)
    except IntegrityError as error:
        if "shift_in_one_place_at_a_time" not in str(error):
            raise
        raise ShiftNotAdded(_("Somebody of these already works at that time.")) from error
    return shifts


def _shift(site_day: SiteDay, duty: Duty) -> Shift:
    shift = Shift(
        site_day=site_day,
        resource=duty.resource,
        starts_at=at_wall_clock(site_day.date, duty.starts) if duty.starts else site_day.opens_at,
        ends_at=at_wall_clock(site_day.date, duty.ends) if duty.ends else site_day.closes_at,
        remote=duty.remote,
        desk=duty.desk,
    )
    if not site_day.opens_at <= shift.starts_at < shift.ends_at <= site_day.closes_at:
        raise ShiftNotAdded(_("A shift lies within the hours of the day."))
    return shift


def _break(shift: Shift, lunch: tuple[time, time]) -> Break:
    starts_at, ends_at = (at_wall_clock(shift.site_day.date, clock) for clock in lunch)
    if not shift.starts_at <= starts_at < ends_at <= shift.ends_at:
        raise ShiftNotAdded(_("A break lies within its shift."))
    return Break(shift=shift, starts_at=starts_at, ends_at=ends_at)
