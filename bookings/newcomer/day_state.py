"""What of the day is shown now: before it, on it, after it; and where its meetings are held."""

from datetime import datetime
from urllib.parse import urlencode

from agencies.clock import local
from bookings.models import Link, LinkMeeting
from bookings.newcomer.access import is_past
from bookings.newcomer.today import HeldToday, Today, today_of
from bookings.summons.letter import Page, Place


def is_today(link: Link, *, at: datetime) -> bool:
    """Whether it is the day itself, and not over yet."""
    return local(link.chain.site_day.opens_at).date() == local(at).date() and not is_past(link, at=at)


def load_today(link: Link, page: Page, *, at: datetime) -> Today:
    """The page's meetings with desk and record; one query."""
    meetings = LinkMeeting.objects.filter(chain=link.chain_id)
    rows = meetings.values_list("agency__code", "starts_at", "attendance", "desk", "room")
    held = {(code, starts_at): HeldToday(*record) for code, starts_at, *record in rows}
    return today_of(page.stops, held, at=at)


def map_query(place: Place) -> str:
    """What a map is asked for: street and town; empty where they are not filled in."""
    return urlencode({"query": f"{place.street}, {place.town}"}) if place.street and place.town else ""
