"""Addresses and hours of a day's interpreters."""

from datetime import datetime

from django import template
from django.utils.translation import ngettext

from agencies.dates import clock
from agencies.models import SiteDay
from bookings.interpreting.addresses import address
from bookings.interpreting.lanes import InterpreterLane
from bookings.models import GroupMeeting

register = template.Library()

HOUR = 3600


@register.simple_tag
def talk_address(site_day: SiteDay, order: str = "", name: str = "interpreters") -> str:
    """A page of the day, with the order that it shows."""
    return address(site_day, name=name, order=order)


@register.simple_tag
def ask_address(site_day: SiteDay, lane: InterpreterLane) -> str:
    """The day's page with the form filled in that orders what the lane lacks."""
    hours = {"starts": clock(lane.starts_at), "ends": clock(lane.ends_at)}
    asked = {"agency": lane.group.agency.code} if lane.group else {}
    return address(site_day, language=lane.language, **hours, **asked) + "#ask"


@register.simple_tag
def ask_for_group(site_day: SiteDay, lane: InterpreterLane, group: GroupMeeting) -> str:
    """The day's page with the form filled in that orders the lane's interpreter for the group."""
    assert lane.interpreter
    asked = {
        "language": group.language,
        "starts": clock(group.starts_at),
        "ends": clock(group.ends_at),
        "agency": group.agency.code,
        "form": lane.form,
        "interpreter": lane.interpreter.resource.reference or "",
    }
    return address(site_day, **asked) + "#ask"


@register.filter
def hours_left(moment: datetime, at: datetime) -> str:
    """How many whole hours it is until the moment: "47 hours left"."""
    hours = int((moment - at).total_seconds()) // HOUR
    return ngettext("%(hours)s hour left.", "%(hours)s hours left.", hours) % {"hours": hours}
