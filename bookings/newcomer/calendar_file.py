"""The newcomer's day as an iCalendar file. No Django."""

from datetime import datetime, timedelta
from typing import Protocol

from icalendar import Alarm, Calendar, Event, Timezone

from agencies.clock import STOCKHOLM, UTC
from agencies.dates import clock
from agencies.languages import LANGUAGES
from bookings.summons.letter import Page

TITLE = "Mötesplats"
ALARMS = (timedelta(days=1), timedelta(hours=2))  # before the arrival
# The European Union's summer time, as rules; the library's own list begins in 1970 and an hour late.
ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
ISOLATED = "\u2066{}\u2069"  # from the direction of the text around it


class Cancelled(Protocol):
    """What is left to know of a cancelled day."""

    @property
    def chain_reference(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


def calendar_file(page: Page, *, made_at: datetime) -> bytes:
    """One event from arrival to end, its meetings in the description; a later version replaces an earlier one."""
    event = _event(page.reference, sequence=page.version, made_at=made_at)
    _add_times(event, page.arrive_at, page.ends_at)
    event.add("location", page.place.one_line)
    event.add("description", _description(page))
    for before in ALARMS:
        event.add_component(_alarm(before))
    return _file(event, method="PUBLISH")


def cancelled_file(closed: Cancelled) -> bytes:
    """The same event, later than its last version and cancelled."""
    event = _event(
        closed.chain_reference,
        sequence=closed.version + 1,
        made_at=closed.cancelled_at or closed.closes_at,
    )
    _add_times(event, closed.opens_at, closed.closes_at)
    event.add("status", "CANCELLED")
    return _file(event, method="CANCEL")


def _event(reference: str, *, sequence: int, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{reference}@motesplats")
    event.add("sequence", sequence)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("summary", TITLE)
    return event


def _add_times(event: Event, start: datetime, end: datetime) -> None:
    """In Stockholm's time by name, so that a phone abroad shows the clock of the place."""
    event.add("dtstart", start.astimezone(STOCKHOLM))
    event.add("dtend", end.astimezone(STOCKHOLM))


def _alarm(before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", TITLE)
    alarm.add("trigger", -before)
    return alarm


def _file(event: Event, *, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Motesplats//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(ZONE))
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _description(page: Page) -> str:
    """A line for each meeting, then the telephone number of the site; no figures turn round."""
    figures = ISOLATED.format if LANGUAGES[page.language].rtl else str
    stops = [
        f"{figures(f'{clock(stop.starts_at)}–{clock(stop.ends_at)}')} {stop.name.text}" for stop in page.stops
    ]
    return "\n".join([*stops, figures(page.phone)])
