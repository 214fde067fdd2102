"""The letter's pictures for a page of the web: they take their colour from the style sheet."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from agencies.clock import local
from bookings.summons import pictograms as pictures

register = template.Library()

register.simple_tag(pictures.pictogram)


@register.simple_tag
def agency_pictogram(code: str) -> SafeString:
    """The agency's pictogram; people at a table for an agency that is new."""
    return pictures.pictogram(pictures.AGENCY_PICTOGRAMS.get(code, "meeting"))


@register.simple_tag
def who_pictogram(who: str) -> SafeString:
    """Those who must come, as a pictogram."""
    return pictures.pictogram("family" if who == "everyone" else "adults")


@register.simple_tag
def clock_face(moment: datetime, *, large: bool = False) -> SafeString:
    """The moment on a clock in Stockholm."""
    at = local(moment)
    return pictures.clock_face(at.hour, at.minute, large=large)
