"""Open a location's days and put people on shift; without `by`, as the demo does, nobody's role is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.clock import at_wall_clock, local
from agencies.models import Break, Holiday, Location, Resource, Role, Shift, Site, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.locks import keep_days, keep_site
from agencies.rosters.who import require_coordinator, require_editor

OPENS, CLOSES = time(8, 30), time(16)
FARTHEST = timedelta(days=731)  # ahead: what is farther is a slip of the pen


class DayNotOpened(Refusal):
    kind = "day-not-opened"
    field = "date"


class OpenAlready(DayNotOpened):
    """Somebody else has opened it, perhaps just now."""

    kind = "open-already"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("That day is already open at this location."))


class ShortNotice(Refusal):
    """The day is nearer than the site's notice; it is opened if that is said to be meant."""

    kind = "short-notice"
    status = 409
    field = "date"


class ShiftNotAdded(Refusal):
    kind = "shift-not-added"
    field = "shifts"


@dataclass(frozen=True, slots=True)
class Duty:
    """A resource's hours on one site day, in Stockholm's time; by default from opening to closing, without lunch.

    `standby_until`: until that date on stand-by instead of present. `travel_minutes` lie beside the hours.
    """

    resource: Resource
    starts: time | None = None
    ends: time | None = None
    lunch: tuple[time, time] | None = None
    remote: bool = False
    desk: str = ""
    standby_until: date | None = None
    travel_minutes: int = 0
    covers: Shift | None = None


@transaction.atomic
def open_day(
    *,
    location: Location,
    day: date,
    opens: time = OPENS,
    closes: time = CLOSES,
    by: User | None = None,
    at: datetime | None = None,
    short_notice: bool = False,
) -> SiteDay:
    """Open the location on that day, hours in Stockholm's time; a day that was called off is opened again.

    `short_notice`: although the day is nearer than the site's notice, which is recorded with the day.
    Raises DayNotOpened on a public holiday, at a paused or closed location, when the day is past, years ahead or would
    close before it opens; OpenAlready; ShortNotice; NotForYourRole or SiteNotYours.
    """
    if by:
        require_coordinator(by, location.site)
    _require_open_place(location)
    if holiday := Holiday.objects.filter(date=day).first():
        raise DayNotOpened(_("That day is a public holiday: %(name)s.") % {"name": holiday})
    _require_hours(opens, closes)
    facts = {"opened_at": at, "opened_by": by, "notice_days": _notice(location, day, at, short_notice)}
    facts |= {"opens_at": at_wall_clock(day, opens), "closes_at": at_wall_clock(day, closes)}
    site_day, created = SiteDay.objects.get_or_create(location=location, date=day, defaults=facts)
    return site_day if created else _opened_again(site_day, facts)


def _require_open_place(location: Location) -> None:
    """Until the transaction ends nobody pauses or closes it. Raises DayNotOpened."""
    site_state = keep_site(location.site_id)
    location.refresh_from_db(fields=["state"])
    if location.state != Site.State.OPEN or site_state == Site.State.CLOSED:
        raise DayNotOpened(_("%(place)s is paused or closed.") % {"place": location})


def _require_hours(opens: time, closes: time) -> None:
    """Raises DayNotOpened unless they are whole minutes, the first before the second."""
    for field, clock in (("opens", opens), ("closes", closes)):
        if clock.second or clock.microsecond:
            message = _("Write a time as 08:30.")
            raise DayNotOpened(message, errors={field: [message]})
    if opens >= closes:
        message = _("A day opens before it closes.")
        raise DayNotOpened(message, errors={"closes": [message]})


def _notice(location: Location, day: date, at: datetime | None, short_notice: bool) -> int | None:
    """How many days ahead the day is. Raises DayNotOpened and ShortNotice."""
    if at is None:
        return None
    ahead = (day - local(at).date()).days
    if ahead < 0:
        raise DayNotOpened(_("That day has passed."))
    if ahead > FARTHEST.days:
        raise DayNotOpened(_("That day is more than two years ahead. Look at the year."))
    if ahead < (least := location.site.minimum_notice_days) and not short_notice:
        words = {"ahead": ahead, "least": least}
        raise ShortNotice(
            _("The day is %(ahead)s days ahead; the letter of this site needs %(least)s days.") % words
        )
    return ahead


def _opened_again(site_day: SiteDay, facts: Mapping[str, object]) -> SiteDay:
    """Raises OpenAlready, also if somebody has opened it meanwhile."""
    locked = SiteDay.objects.select_for_update(no_key=True).get(pk=site_day.pk)
    if not locked.closed_at:
        raise OpenAlready
    for field, value in facts.items():
        setattr(site_day, field, value)
    site_day.closed_at = site_day.merges_into = None
    site_day.save(update_fields=[*facts, "closed_at", "merges_into"])
    return site_day


@transaction.atomic
def add_shifts(
    *, site_day: SiteDay, duties: Iterable[Duty], by: User | None = None, at: datetime | None = None
) -> list[Shift]:
    """Put people on shift on an open day, all or nobody; those of a manager are drafts until they are approved.

    Raises ShiftNotAdded for hours outside the day, a break outside its shift, or somebody who works elsewhere then;
    NotForYourRole or SiteNotYours.
    """
    duties = list(duties)
    if by:
        require_editor(by, [duty.resource.pk for duty in duties], site=site_day.location.site)
    shifts = [shift_of(site_day, duty) for duty in duties]
    breaks = [break_of(shift, duty.lunch) for shift, duty in zip(shifts, duties, strict=True) if duty.lunch]
    for shift in shifts:
        shift.state = Shift.State.DRAFT if by and by.role == Role.MANAGER else Shift.State.APPROVED
    require_open_days([site_day.pk])
    with in_one_place():
        Shift.objects.bulk_create(shifts)
        Break.objects.bulk_create(breaks)
    return shifts


def require_open_days(days: Iterable[int]) -> None:
    """Raise DayNotOpened if one of them has been called off; until the transaction ends none is."""
    if set(days) - keep_days(days):
        raise DayNotOpened(_("That day has been called off."))


@contextmanager
def in_one_place() -> Iterator[None]:
    """Translate the error of the constraint that has the last word."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "shift_in_one_place_at_a_time" not in str(error):
            raise
        raise ShiftNotAdded(_("Somebody of these already works at that time.")) from error


def shift_of(site_day: SiteDay, duty: Duty) -> Shift:
    """The duty as an unsaved shift. Raises ShiftNotAdded."""
    shift = Shift(
        site_day=site_day,
        resource=duty.resource,
        starts_at=at_wall_clock(site_day.date, duty.starts) if duty.starts else site_day.opens_at,
        ends_at=at_wall_clock(site_day.date, duty.ends) if duty.ends else site_day.closes_at,
        remote=duty.remote,
        desk=duty.desk,
        standby_until=duty.standby_until,
        travel_minutes=duty.travel_minutes,
        covers=duty.covers,
    )
    if not site_day.opens_at <= shift.starts_at < shift.ends_at <= site_day.closes_at:
        raise ShiftNotAdded(_("A shift lies within the hours of the day."))
    return shift


def break_of(shift: Shift, lunch: tuple[time, time]) -> Break:
    """The shift's break, unsaved. Raises ShiftNotAdded."""
    starts_at, ends_at = (at_wall_clock(shift.site_day.date, clock) for clock in lunch)
    if not shift.starts_at <= starts_at < ends_at <= shift.ends_at:
        raise ShiftNotAdded(_("A break lies within its shift."))
    return Break(shift=shift, starts_at=starts_at, ends_at=ends_at)
