"""What the letter's template draws and words: pictures in the colours of tokens.css, times that never turn round."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agencies import dates
from agencies.languages import LANGUAGES, Language
from bookings.summons import pictograms as pictures

register = template.Library()

register.simple_tag(pictures.qr)
register.simple_tag(pictures.barcode)


@register.simple_tag
def pictogram(name: str, token: str = "brand") -> SafeString:
    """A pictogram in one of the letter's colours."""
    return pictures.pictogram(name, ink=_ink(token), title=" ")


@register.simple_tag
def agency_pictogram(code: str) -> SafeString:
    """The agency's pictogram in its colour; people at a table for an agency that is new."""
    return pictogram(pictures.AGENCY_PICTOGRAMS.get(code, "meeting"), code.lower())


@register.simple_tag
def clock_face(moment: datetime, token: str = "brand", *, large: bool = False) -> SafeString:
    """The moment's clock face in one of the letter's colours."""
    time = dates.clock(moment)
    hour, minute = map(int, time.split(":"))
    return pictures.clock_face(hour, minute, ink=_ink(token), large=large, title=time)


@register.filter
def clock(moment: datetime) -> SafeString:
    """The time of day: 09:15."""
    return _ltr(dates.clock(moment))


@register.simple_tag
def time_of(moment: datetime) -> str:
    """The bare time, for a place that is isolated already."""
    return dates.clock(moment)


@register.simple_tag
def span(item: object) -> SafeString:
    """The time from beginning to end, isolated as one: 09:15–10:00."""
    return _ltr(f"{dates.clock(item.starts_at)}–{dates.clock(item.ends_at)}")  # type: ignore[attr-defined]


@register.filter
def weekday(moment: datetime, language: str) -> str:
    """The name of the moment's day."""
    return dates.weekday(_day(moment), language)


@register.filter
def day_month_year(moment: date | datetime, language: str) -> str:
    """The day, month and year of a date, or of a moment in Stockholm."""
    return dates.day_month_year(_day(moment), language)


@register.filter
def language(code: str) -> Language:
    """The language behind a code."""
    return LANGUAGES[code]


def _ltr(text: str) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', text)


def _day(moment: date | datetime) -> date:
    return dates.stockholm(moment) if isinstance(moment, datetime) else moment


@cache
def _tokens() -> dict[str, str]:
    css = Path(finders.find("tokens.css")).read_text("utf-8")
    return dict(re.findall(r"--([\w-]+): (#\w+)", css))


def _ink(token: str) -> str:
    return _tokens().get(token, _tokens()["brand"])
