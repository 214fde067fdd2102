"""The newcomer's day as an iCalendar file. No Django."""

from datetime import datetime

from icalendar import Calendar, Event

from agencies.clock import UTC
from agencies.dates import clock
from bookings.summons.letter import Page

TITLE = "Mötesplats"


def calendar_file(page: Page, *, made_at: datetime) -> bytes:
    """One event from arrival to end, its meetings in the description; a later version replaces an earlier one."""
    event = Event()
    event.add("uid", f"{page.reference}@motesplats")
    event.add("sequence", page.version)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("dtstart", page.arrive_at.astimezone(UTC))
    event.add("dtend", page.ends_at.astimezone(UTC))
    event.add("summary", TITLE)
    event.add("location", f"{page.place.site}, {page.place.street}")
    event.add("description", _description(page))
    calendar = Calendar()
    calendar.add("prodid", "-//Motesplats//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _description(page: Page) -> str:
    """A line for each meeting, then the telephone number of the site."""
    stops = [f"{clock(stop.starts_at)}–{clock(stop.ends_at)} {stop.name.text}" for stop in page.stops]
    return "\n".join([*stops, page.phone])
