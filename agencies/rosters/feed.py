"""A colleague's shifts and booked times as a calendar; whom they meet is not in it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Event

from agencies.calendars import calendar_of, event_of
from agencies.dates import clock
from agencies.models import Location, Shift, User
from agencies.rosters.held import held_of

PAST = timedelta(days=14)
AHEAD = timedelta(days=366)


def feed_of(user: User, *, at: datetime) -> bytes:
    """From two weeks ago to a year ahead; five queries."""
    return calendar_of(_events(user, at))


def _events(user: User, at: datetime) -> Iterator[Event]:
    period = at - PAST, at + AHEAD
    shifts = Shift.objects.filter(resource=user.resource_id, ends_at__gt=period[0], starts_at__lt=period[1])
    shifts = shifts.exclude(state=Shift.State.RELEASED).select_related("site_day__location__site")
    for shift in shifts.prefetch_related("breaks").order_by("starts_at"):
        yield _shift_event(shift, at)
    for one in held_of([user.resource_id] if user.resource_id else [], period):
        hours = one.starts_at, one.ends_at
        yield event_of(f"booked-{one.starts_at:%Y%m%dT%H%M}-{user.pk}", _("Meeting"), hours=hours, made_at=at)


def _shift_event(shift: Shift, at: datetime) -> Event:
    location = shift.site_day.location
    summary = _("Shift, %(site)s") % {"site": location.site}
    event = event_of(f"shift-{shift.pk}", summary, hours=(shift.starts_at, shift.ends_at), made_at=at)
    event.add("location", _place(location))
    event.add("transp", "TRANSPARENT")  # what is booked in it is busy, the rest is not
    if shift.state == Shift.State.DRAFT or shift.standby_until:
        event.add("status", "TENTATIVE")
    if said := "\n".join(_said(shift)):
        event.add("description", said)
    return event


def _said(shift: Shift) -> Iterator[str]:
    if shift.state == Shift.State.DRAFT:
        yield _("Draft, not approved yet")
    if shift.standby_until:
        yield _("Stand-by until %(day)s") % {"day": shift.standby_until.isoformat()}
    for pause in shift.breaks.all():
        yield _("Break %(hours)s") % {"hours": f"{clock(pause.starts_at)}–{clock(pause.ends_at)}"}
    if shift.travel_minutes:
        yield _("Travel %(minutes)s min") % {"minutes": shift.travel_minutes}


def _place(location: Location) -> str:
    town = f"{location.postcode} {location.town}".strip()
    return ", ".join(part for part in (str(location), location.street, town) if part)
