"""The newcomer's day as an iCalendar file. No Django."""

from datetime import datetime
from typing import Protocol

from icalendar import Calendar, Event

from agencies.clock import UTC
from agencies.dates import clock
from bookings.summons.letter import Page

TITLE = "Mötesplats"


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
    event.add("dtstart", page.arrive_at.astimezone(UTC))
    event.add("dtend", page.ends_at.astimezone(UTC))
    event.add(
        "location",
        page.place.one_line,
    )
    event.add("description", _description(page))
    return _file(event, method="PUBLISH")


def cancelled_file(closed: Cancelled) -> bytes:
    """The same event, later than its last version and cancelled."""
    event = _event(
        closed.chain_reference,
        sequence=closed.version + 1,
        made_at=closed.cancelled_at or closed.closes_at,
    )
    event.add("dtstart", closed.opens_at.astimezone(UTC))
    event.add("dtend", closed.closes_at.astimezone(UTC))
    event.add("status", "CANCELLED")
    return _file(event, method="CANCEL")


def _event(reference: str, *, sequence: int, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{reference}@motesplats")
    event.add("sequence", sequence)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("summary", TITLE)
    return event


def _file(event: Event, *, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Motesplats//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _description(page: Page) -> str:
    """A line for each meeting, then the telephone number of the site."""
    stops = [f"{clock(stop.starts_at)}–{clock(stop.ends_at)} {stop.name.text}" for stop in page.stops]
    return "\n".join([*stops, page.phone])
