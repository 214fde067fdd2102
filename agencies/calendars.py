"""What every iCalendar file has in common. No Django."""

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event, Timezone

from agencies.clock import STOCKHOLM, UTC

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


def event_of(key: str, summary: str, *, hours: tuple[datetime, datetime], made_at: datetime) -> Event:
    """An event in Stockholm's time by name, so that a phone abroad shows the clock of the place."""
    event = Event()
    event.add("uid", f"{key}@motesplats")
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("summary", summary)
    event.add("dtstart", hours[0].astimezone(STOCKHOLM))
    event.add("dtend", hours[1].astimezone(STOCKHOLM))
    return event


def calendar_of(events: Iterable[Event], *, method: str = "PUBLISH") -> bytes:
    """The events as a file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Motesplats//SV")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(Timezone.from_ical(ZONE))
    for event in events:
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
