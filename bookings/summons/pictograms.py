"""SVG pictograms, clock faces, QR and bar codes for letters and pages.

They take their colour from CSS (`currentColor`) unless `ink` names another: WeasyPrint gives an SVG no CSS colour.
"""

import re
from functools import cache
from math import cos, pi, sin

import segno
from barcode.codex import Code128
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from bookings.summons.static_files import static_file

AGENCY_PICTOGRAMS = {
    "MIG": "id-card",
    "SKV": "register",
    "FK": "insurance",
    "AF": "work",
    "KOM": "city-hall",
    "PM": "pension",
}

_SYMBOL = re.compile(r'<symbol id="([\w-]+)" (.*?)>(.*?)</symbol>')
_QUIET = 10  # empty modules that a bar code needs on either side


def pictogram(name: str, *, ink: str = "currentColor") -> SafeString:
    """The pictogram `name` of pictograms.svg, hidden from screen readers because its word stands beside it."""
    attributes, shapes = _symbols()[name]
    painted = attributes.replace("currentColor", ink)
    return mark_safe(f'<svg class="pic" {painted} aria-hidden="true">{shapes}</svg>')  # noqa: S308


def clock_face(
    hour: int, minute: int, *, ink: str = "currentColor", large: bool = False, title: str = ""
) -> SafeString:
    """A clock face showing the time; the large one has the figures 3, 6, 9 and 12."""
    short, long, rim, ticks = (7.5, 11, 1.6, 1) if large else (10.5, 16.5, 2.2, 1.6)
    marks = "".join(f"M{_at(turn / 12, 21)}L{_at(turn / 12, 18.6)}" for turn in range(12))
    hands = (
        f'<path d="M24 24L{_at((hour % 12 + minute / 60) / 12, short)}" stroke-width="{rim + 1.3:.1f}"/>'
        f'<path d="M24 24L{_at(minute / 60, long)}" stroke-width="{rim + 0.2:.1f}"/>'
    )
    return mark_safe(  # noqa: S308
        f'<svg class="clock" viewBox="0 0 48 48" fill="none" stroke="{ink}" stroke-linecap="round" '
        f'aria-hidden="true">'
        f'{_titled(title)}<circle cx="24" cy="24" r="22.5" stroke-width="{rim}" fill="#fff"/>'
        f'<path d="{marks}" stroke-width="{ticks}"/>'
        f'{_figures(ink) if large else ""}{hands}<circle cx="24" cy="24" r="2" fill="{ink}" stroke="none"/></svg>'
    )


def qr(text: str, *, label: str = "QR") -> SafeString:
    """A QR code of the text, with its quiet zone, as one path."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    path = "".join(_bars("".join(map(str, row)), y=y) for y, row in enumerate(rows))
    size = len(rows)
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img"><title>{}</title><path d="{}"/></svg>',
        size, size, label, path,
    )  # fmt: skip


def barcode(reference: str) -> SafeString:
    """A Code 128 bar code of the reference, as one path that fills its box."""
    (modules,) = Code128(reference).build()
    return format_html(
        '<svg class="barcode" viewBox="0 0 {} 1" preserveAspectRatio="none" role="img">'
        '<title>{}</title><path d="{}"/></svg>',
        len(modules) + 2 * _QUIET, reference, _bars("0" * _QUIET + modules),
    )  # fmt: skip


@cache
def _symbols() -> dict[str, tuple[str, str]]:
    svg = static_file("pictograms.svg").read_text("utf-8")
    return {name: (attributes, shapes) for name, attributes, shapes in _SYMBOL.findall(svg)}


def _titled(title: str) -> SafeString | str:
    return format_html("<title>{}</title>", title) if title else ""


def _at(turn: float, radius: float) -> str:
    """A point on the clock, as a share of a turn from twelve."""
    return f"{24 + radius * sin(2 * pi * turn):.1f} {24 - radius * cos(2 * pi * turn):.1f}"


def _figures(ink: str) -> str:
    return "".join(
        f'<text x="{x}" y="{y}" font-size="5.6" font-weight="700" text-anchor="middle" '
        f'font-family="Noto Sans" stroke="none" fill="{ink}">{figure}</text>'
        for figure, x, y in ((12, 24, 11.4), (3, 39, 26), (6, 24, 40.6), (9, 9, 26))
    )


def _bars(modules: str, *, y: int = 0) -> str:
    """Each run of dark modules as a rectangle one unit high."""
    return "".join(
        f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z" for run in re.finditer("1+", modules)
    )
