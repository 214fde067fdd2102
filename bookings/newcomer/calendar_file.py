"""The newcomer's day as an iCalendar file. No Django."""

from datetime import datetime, timedelta
from typing import Protocol

from icalendar import Alarm

from agencies.calendars import calendar_of, event_of
from agencies.dates import clock
from agencies.languages import LANGUAGES
from bookings.summons.letter import Page

TITLE = "Mötesplats"
ALARMS = (timedelta(days=1), timedelta(hours=2))  # before the arrival
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
    event = event_of(page.reference, TITLE, hours=(page.arrive_at, page.ends_at), made_at=made_at)
    event.add("sequence", page.version)
    event.add("location", page.place.one_line)
    event.add("description", _description(page))
    for before in ALARMS:
        event.add_component(_alarm(before))
    return calendar_of([event])


def cancelled_file(closed: Cancelled) -> bytes:
    """The same event, later than its last version and cancelled."""
    hours = closed.opens_at, closed.closes_at
    event = event_of(
        closed.chain_reference, TITLE, hours=hours, made_at=closed.cancelled_at or closed.closes_at
    )
    event.add("sequence", closed.version + 1)
    event.add("status", "CANCELLED")
    return calendar_of([event], method="CANCEL")


def _alarm(before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", TITLE)
    alarm.add("trigger", -before)
    return alarm


def _description(page: Page) -> str:
    """A line for each meeting, then the telephone number of the site; no figures turn round."""
    figures = ISOLATED.format if LANGUAGES[page.language].rtl else str
    stops = [
        f"{figures(f'{clock(stop.starts_at)}–{clock(stop.ends_at)}')} {stop.name.text}" for stop in page.stops
    ]
    return "\n".join([*stops, figures(page.phone)])
