"""Cells, addresses and words of the week's page."""

from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from babel.numbers import format_decimal
from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.dates import clock
from agencies.languages import LANGUAGES
from agencies.models import Location, Shift, Site
from agencies.rosters.change import as_seen
from bookings.templatetags.staff import icon, reader_language, short_day
from bookings.week.pages import address
from bookings.week.picture import Cell, DeskLoad, ShiftBlock

register = template.Library()

HOUR = 60


@register.simple_tag
def week_address(location: Location, monday: date, name: str = "roster", **query: str) -> str:
    """The address of the week of a location, or of another page of it."""
    return address(location, monday, name=name, **query)


register.filter("as_seen", as_seen)


@register.simple_tag
def closing_address(location: Location, **days: date) -> str:
    """The address of the page on which agencies are asked to move what is booked at the location, with these days."""
    query = {} if location.kind == Location.Kind.MAIN else {"location": location.name}
    query |= {name: day.isoformat() for name, day in days.items()}
    path = reverse("bookings:closing", args=[location.site.code])
    return f"{path}?{urlencode(query)}" + ("#merge" if "into" in days else "")


@register.simple_tag
def place_address(name: str, location: Location, *args: object) -> str:
    """The address of a location's page."""
    path = reverse(f"bookings:{name}", args=[location.site.code, *args])
    return path if location.kind == Location.Kind.MAIN else f"{path}?{urlencode({'location': location.name})}"


@register.simple_tag
def site_week(site: Site, monday: date) -> str:
    """The address of the week at another site's main place."""
    return reverse("bookings:roster", args=[site.code, monday])


@register.filter
def iso_week(day: date) -> int:
    """The number of the week."""
    return day.isocalendar().week


@register.filter
def load_words(load: DeskLoad) -> str:
    """Hours booked of hours on shift, as "12.5 of 30 h"."""
    words = {"booked": _hours(load.booked), "hours": _hours(load.minutes)}
    return _("%(booked)s of %(hours)s h") % words


def _hours(minutes: int) -> str:
    return _hours_in(minutes, LANGUAGES[reader_language()].babel)


@lru_cache(maxsize=2_000)
def _hours_in(minutes: int, locale: str) -> str:
    return str(format_decimal(minutes / HOUR, "#,##0.#", locale=locale))


@register.simple_tag
def meter(load: DeskLoad) -> SafeString:
    """A bar of the booked share, for the eye alone."""
    return format_html(
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="bg" width="100" height="8"/><rect class="fg" width="{}" height="8"/></svg>',
        load.share,
    )


# Hundreds of cells stand on a page, and a template takes a hundred times as long for each.
@register.simple_tag(takes_context=True)
def cell(context: dict[str, Any], cell: Cell, number: int) -> SafeString:
    """A person's day as a cell of the table."""
    if cell.site_day is None:
        return format_html('<td class="d{} shutday">{}</td>', number, _elsewhere(cell))
    chosen = context.get("cell")
    is_open = chosen is not None and chosen.worker == cell.worker and chosen.date == cell.date
    parts = [_block(context, cell, block, is_open=is_open) for block in cell.blocks]
    parts += [
        format_html(
            '<span class="away f{} t{}"><span>{}</span></span>',
            *(first, last, away.get_kind_display() if context["tells_why"] else _("absent")),
        )
        for away, first, last in cell.away
    ]
    if not parts and context["edits"] and not cell.elsewhere:
        parts.append(_add(context, cell))
    lane = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<td class="d{}" id="{}-{}"><div class="lane">{}</div>{}</td>',
        *(number, cell.worker.key, cell.date, lane, _elsewhere(cell)),
    )


def _elsewhere(cell: Cell) -> SafeString:
    return format_html_join(
        "",
        '<p class="elsewhere">{} {}–{}</p>',
        ((one.site_day.location, clock(one.starts_at), clock(one.ends_at)) for one in cell.elsewhere),
    )


def _block(context: dict[str, Any], cell: Cell, block: ShiftBlock, *, is_open: bool) -> SafeString:
    shift = block.shift
    looks = ["shift", f"f{block.first}", f"t{block.last}", *_looks(block), *["sel"] * is_open]
    bars = mark_safe(  # noqa: S308  of words and numbers of ours alone
        "".join(f'<i class="{kind} f{first} t{last}"></i>' for kind, first, last in block.bars)
    )
    words = ngettext("%(number)s meeting", "%(number)s meetings", block.meetings) % {"number": block.meetings}
    inside = format_html(
        '<span class="hrs">{}–{}</span><span class="vh">, {}, {}, </span>{}<b><span aria-hidden="true">{}</span>'
        '<span class="vh">{}</span></b>',
        *(
            clock(shift.starts_at),
            clock(shift.ends_at),
            _day_in(cell.date, reader_language()),
            cell.worker.name,
        ),
        *(_marks(block), block.meetings or "", words),
    )
    if context["edits"]:
        return format_html(
            '<a class="{}" href="{}#edit">{}</a>{}', " ".join(looks), _opens(context, cell), inside, bars
        )
    return format_html('<span class="{}">{}</span>{}', " ".join(looks), inside, bars)


@lru_cache(maxsize=400)
def _day_in(day: date, language: str) -> str:
    """The day in the language, which is the reader's; each stands in many cells."""
    return short_day(day)


def _looks(block: ShiftBlock) -> list[str]:
    shift = block.shift
    state = {Shift.State.DRAFT: ["draft"], Shift.State.RELEASED: ["released"]}.get(
        Shift.State(shift.state), []
    )
    standby = ["standby"] * bool(shift.standby_until and shift.state != Shift.State.RELEASED)
    return [*state, *standby, *["bad"] * bool(block.missed)]


def _marks(block: ShiftBlock) -> SafeString:
    """What the shift is, in words."""
    shift = block.shift
    said = []
    if block.missed:
        said.append("! " + _("absent"))
    if shift.state == Shift.State.DRAFT:
        said.append(_("draft"))
    elif shift.state == Shift.State.RELEASED:
        said.append(_("released"))
    elif shift.standby_until:
        said.append(_("stand-by until %(day)s") % {"day": short_day(shift.standby_until)})
    if shift.covers_id:
        said.append(_("stands in"))
    if shift.remote:
        said.append(_("screen"))
    if shift.travel_minutes:
        said.append(_("travel %(minutes)s min") % {"minutes": shift.travel_minutes})
    return format_html(" <em>{}</em> ", ", ".join(said)) if said else SafeString("")


def _add(context: dict[str, Any], cell: Cell) -> SafeString:
    words = _("New shift for %(who)s, %(day)s") % {"who": cell.worker.name, "day": short_day(cell.date)}
    return format_html(
        '<a class="add f1 t{}" href="{}#edit" aria-label="{}">{}</a>',
        *(cell.columns + 1, _opens(context, cell), words, icon("plus")),
    )


def _opens(context: dict[str, Any], cell: Cell) -> str:
    return f"{context['opens']}person={quote_plus(cell.worker.key)}&day={cell.date}"


@register.filter
def at_key(found: dict[Any, Any], key: Any) -> Any:
    """What the dictionary holds for the key, or nothing."""
    return found.get(key)
