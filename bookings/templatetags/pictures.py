"""Pictures and dates for the templates of the letter and of the newcomer's page: `{% load pictures %}`."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from bookings.summons import dates, letter, pictures

register = template.Library()

register.simple_tag(pictures.pictogram)
register.simple_tag(pictures.agency_pictogram)
register.simple_tag(pictures.qr)
register.simple_tag(pictures.barcode)
register.filter(dates.clock)
register.filter(letter.plain)


@register.simple_tag
def clock_face(moment: datetime, *, ink: str = "currentColor", large: bool = False) -> SafeString:
    """The moment on a clock in Stockholm."""
    local = moment.astimezone(dates.STOCKHOLM)
    return pictures.clock_face(local.hour, local.minute, ink=ink, large=large)


@register.simple_tag
def who_pictogram(who: str, *, ink: str = "currentColor") -> SafeString:
    """Those who must come, as a pictogram."""
    return pictures.pictogram(pictures.WHO_PICTOGRAMS[who], ink=ink)


@register.filter
def weekday(moment: datetime, language: str) -> str:
    """The moment's day by name, in the language."""
    return dates.weekday(dates.stockholm(moment), language)


@register.filter
def day_month_year(moment: datetime, language: str) -> str:
    """The moment's day in the year, in the language."""
    return dates.day_month_year(dates.stockholm(moment), language)


@register.filter
def full_date(moment: datetime, language: str) -> str:
    """The moment's weekday and day in the year, in the language."""
    return dates.full_date(dates.stockholm(moment), language)
