"""The letter's pictograms for a web page: they take their colour from the style sheet."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from agencies.clock import local
from bookings.summons import pictograms
from bookings.summons.letter import LetterStop, Page, figures_of

register = template.Library()

register.simple_tag(pictograms.pictogram)


@register.simple_tag
def agency_pictogram(code: str) -> SafeString:
    """The agency's pictogram; people at a table for an agency without one."""
    return pictograms.pictogram(pictograms.AGENCY_PICTOGRAMS.get(code, "meeting"))


@register.simple_tag
def who_pictogram(stop: LetterStop, page: Page) -> SafeString:
    """Who must come to the stop: a family, several adults or one."""
    return pictograms.pictogram(figures_of(stop, page))


@register.simple_tag
def clock_face(moment: datetime, *, large: bool = False) -> SafeString:
    """The moment in Stockholm on a clock face."""
    stockholm = local(moment)
    return pictograms.clock_face(stockholm.hour, stockholm.minute, large=large)
