"""Renders letters and other documents as PDF: HTML from templates here, the PDF in the render process."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.template.loader import render_to_string

from bookings.summons.estimate import page_heights, sheet_heights
from bookings.summons.jobs import print_pdfs
from bookings.summons.letter import Letter, plain
from bookings.summons.limits import MEGABYTES, SECONDS, within_limits
from bookings.summons.printable import FittedPart, Printable
from bookings.summons.static_files import static_file

# WeasyPrint counts the blanks at a block's edges when it measures a row, and leaves a line free for them.
EDGES = re.compile(r"(<(?:p|h\d|li|bdi|small)\b[^>]*>|</svg>)\s+|\s+(</(?:p|h\d|li|bdi|small)>)")
BASE = ("tokens.css", "letter_fonts.css", "letter.css")
MEGABYTES_MORE = 32  # for each further letter, whose pages are kept until all are joined


def render(letter: Letter) -> bytes:
    """The letter as a tagged PDF. Raises LimitExceeded, as every function here."""
    return render_all([letter])


def render_all(letters: Sequence[Letter]) -> bytes:
    """Several letters in one PDF, one after the other, each as it is printed alone."""
    return _print([printable(letter) for letter in letters], joined=True)[0]


def render_each_and_all(letters: Sequence[Letter]) -> list[bytes]:
    """A PDF of each letter and then one of all, laid out only once."""
    return _print([printable(letter) for letter in letters], each=True, joined=True)


def render_document(template: str, context: Mapping[str, Any], *, sheet: str) -> bytes:
    """A document that is no letter as a tagged PDF, with the letter's style sheets and its own."""
    html = plain(render_to_string(template, context))
    return _print([Printable(html, (*BASE, sheet))], each=True)[0]


def render_post(envelopes: Iterable[tuple[Any, Sequence[Letter]]]) -> bytes:
    """Letters in one PDF, those of each envelope behind its cover, which has `lines` of an address and `reference`."""
    pages: list[Printable] = []
    for cover, letters in envelopes:
        html = plain(render_to_string("bookings/letters/cover.html", {"cover": cover}))
        pages += [Printable(html, (*BASE, "cover.css")), *map(printable, letters)]
    return _print(pages, joined=True)[0]


def printable(letter: Letter) -> Printable:
    """The letter as HTML, with how high its pages and its sheet will be in each size of type."""
    if letter.is_cancellation:
        return Printable(to_html(letter), BASE)
    parts = {
        f"page-{number}": FittedPart(page_heights(page)) for number, page in enumerate(letter.pages, start=1)
    }
    parts["sheet"] = FittedPart(sheet_heights(letter), may_go_on=True)
    return Printable(to_html(letter), BASE, parts)


def to_html(letter: Letter) -> str:
    """The letter as one HTML document; whatever a name holds, it comes out as text on one line."""
    html = plain(render_to_string("bookings/summons/letter.html", {"letter": letter}))
    return EDGES.sub(r"\1\2", html)


def _print(printables: Sequence[Printable], *, each: bool = False, joined: bool = False) -> list[bytes]:
    static = static_file("tokens.css").parent
    work = partial(print_pdfs, static, printables, each=each, joined=joined)
    megabytes = MEGABYTES + MEGABYTES_MORE * (len(printables) - 1)
    return within_limits(work, seconds=SECONDS * len(printables), megabytes=megabytes)
