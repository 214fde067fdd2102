"""Pictograms, times and dates of the printed letter, in the colours of tokens.css."""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agencies import dates
from agencies.languages import LANGUAGES, Language
from bookings.summons import pictograms
from bookings.summons.letter import LetterStop, Page, called_to, figures_of

register = template.Library()

register.simple_tag(pictograms.qr)
register.simple_tag(pictograms.barcode)
register.simple_tag(called_to)


class Timed(Protocol):
    """A stop or a pause of the day."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


@register.simple_tag
def print_pictogram(name: str, token: str = "brand") -> SafeString:
    """A pictogram in a colour of tokens.css; an unknown colour prints as brand."""
    return pictograms.pictogram(name, ink=_ink(token))


@register.simple_tag
def print_who_pictogram(stop: LetterStop, page: Page) -> SafeString:
    """Who must come to the stop: a family, several adults or one."""
    return print_pictogram(figures_of(stop, page), "ink-soft")


@register.simple_tag
def print_agency_pictogram(code: str) -> SafeString:
    """The agency's pictogram in its colour; people at a table for an agency without one."""
    return print_pictogram(pictograms.AGENCY_PICTOGRAMS.get(code, "meeting"), code)


@register.simple_tag
def print_clock_face(moment: datetime, token: str = "brand", *, large: bool = False) -> SafeString:
    """The moment in Stockholm on a clock face, in a colour of tokens.css."""
    time = dates.clock(moment)
    hour, minute = map(int, time.split(":"))
    return pictograms.clock_face(hour, minute, ink=_ink(token), large=large, title=time)


@register.filter
def clock(moment: datetime) -> SafeString:
    """The hour in Stockholm, isolated from the text's direction: 09:15."""
    return _ltr(dates.clock(moment))


@register.simple_tag
def time_of(moment: datetime) -> str:
    """The hour in Stockholm without markup, for a place that is isolated already: 09:15."""
    return dates.clock(moment)


@register.simple_tag
def span(item: Timed) -> SafeString:
    """From the beginning to the end, isolated from the text's direction: 09:15–10:00."""
    return _ltr(f"{dates.clock(item.starts_at)}–{dates.clock(item.ends_at)}")


@register.filter
def weekday(moment: datetime, language: str) -> str:
    """The name of the moment's weekday, in the language given by its code."""
    return dates.weekday(_day(moment), language)


@register.filter
def day_month_year(moment: date | datetime, language: str) -> str:
    """Day, month and year of a date, or of a moment in Stockholm, in the language given by its code."""
    return dates.day_month_year(_day(moment), language)


@register.filter
def language(code: str) -> Language:
    """The language with that code; KeyError if there is none."""
    return LANGUAGES[code]


@register.simple_tag
def written_in(code: str, page: Page) -> SafeString | str:
    """Attributes of an element whose text is in that language, where it is not the page's; "" is the page's."""
    if code in ("", page.language):
        return ""
    return format_html(' lang="{}" dir="{}"', LANGUAGES[code].html_lang, LANGUAGES[code].dir)


@register.simple_tag
def swedish_beside(text: str, language_code: str) -> SafeString:
    """The Swedish text to stand after a translated one, with a blank before it; empty on a Swedish page."""
    if language_code == "sv":
        return SafeString("")
    return format_html(' <bdi class="sv" lang="sv" dir="ltr">{}</bdi>', text)


def _ltr(text: str) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', text)


def _day(moment: date | datetime) -> date:
    return dates.stockholm(moment) if isinstance(moment, datetime) else moment


@cache
def _tokens() -> dict[str, str]:
    """The colours of tokens.css by name: {"brand": "#…"}."""
    path = finders.find("tokens.css")
    if path is None:
        raise FileNotFoundError("tokens.css")
    css = Path(path).read_text("utf-8")
    return dict(re.findall(r"--([\w-]+): (#\w+)", css))


def _ink(token: str) -> str:
    return _tokens().get(token.lower(), _tokens()["brand"])
