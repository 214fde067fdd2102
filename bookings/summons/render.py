"""Prints a letter as PDF: the only place that knows WeasyPrint."""

import pickle
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from bookings.summons.letter import Letter, plain
from bookings.summons.limits import SECONDS, within_limits

OURS = "letter:"
# WeasyPrint counts the blanks at a block's edges when it measures a row, and leaves a line free for them.
EDGES = re.compile(r"(<(?:p|h\d|li|bdi|small)\b[^>]*>|</svg>)\s+|\s+(</(?:p|h\d|li|bdi|small)>)")
VARIANT = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}
SHEETS = ("letter.css", "snug.css", "tight.css")


class FetchRefused(FatalURLFetchingError):
    """A letter asked for something that is not ours; it is not printed."""


class OurFilesOnly(URLFetcher):
    """Serves the fonts and style sheets we ship, by name; anything else stops the printing."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file behind a `letter:` address."""
        path = _shipped().get(url)
        if path is None:
            raise FetchRefused(f"A letter fetches nothing but its own files: {url[:80]}")
        return URLFetcherResponse(url, path.read_bytes())


ROOMY_STEPS = 6  # five stops and a lunch break have room on a page in every language


def render(letter: Letter) -> bytes:
    """The letter as a tagged PDF, printed in a process of its own with little time and memory."""
    return render_all([letter])


def render_all(letters: Sequence[Letter]) -> bytes:
    """Several letters in one PDF, one after the other, each as it is printed alone."""
    return _printed(letters, lambda documents: [_join(documents)])[0]


def render_each_and_all(letters: Sequence[Letter]) -> list[bytes]:
    """A PDF of each letter and then one of all, laid out only once."""
    return _printed(letters, lambda documents: [*documents, _join(documents)])


def render_document(template: str, context: Mapping[str, Any], *, sheet: str) -> bytes:
    """A document that is no letter as a tagged PDF, in the letter's dress and within its limits."""
    fonts, styles = _styles()
    html = plain(render_to_string(template, context))

    def work() -> bytes:
        own = CSS(url=f"{OURS}{sheet}", font_config=fonts, url_fetcher=OurFilesOnly())
        return _html(html).write_pdf(stylesheets=[*styles[:2], own], font_config=fonts, **VARIANT)

    return within_limits(work, seconds=SECONDS)


def _printed(letters: Sequence[Letter], choose: Callable[[list[Document]], list[Document]]) -> list[bytes]:
    _styles()  # fonts are read once, here, and every child inherits them
    prints = [(to_html(letter), len(letter.pages), _tightness(letter)) for letter in letters]

    def work() -> bytes:
        documents = choose([_fit(*each) for each in prints])
        return pickle.dumps([document.write_pdf(**VARIANT) for document in documents])

    return pickle.loads(within_limits(work, seconds=SECONDS * len(prints)))  # noqa: S301


def to_html(letter: Letter) -> str:
    """The letter as one HTML document; whatever a name holds, it comes out as text on one line."""
    html = plain(render_to_string("bookings/summons/letter.html", {"letter": letter}))
    return EDGES.sub(r"\1\2", html)


def to_pdf(html: str, *, pages: int, tightness: int = 1) -> bytes:
    """The document printed in this process, set tighter as long as a language does not stay on its page."""
    return _fit(html, pages, tightness).write_pdf(**VARIANT)


def _tightness(letter: Letter) -> int:
    """Where to begin, so that a full letter is seldom laid out twice."""
    page = letter.pages[0]
    return 1 + (len(page.line) > ROOMY_STEPS) + bool(page.changes)


def _fit(html: str, pages: int, tightness: int) -> Document:
    document = _lay_out(html, tightness)
    if _first_page_of_sheet(document) > pages and tightness < len(SHEETS):
        return _fit(html, pages, tightness + 1)
    return document


def _join(documents: Sequence[Document]) -> Document:
    return documents[0].copy([page for document in documents for page in document.pages])


def _lay_out(html: str, tightness: int) -> Document:
    fonts, styles = _styles()
    return _html(html).render(stylesheets=styles[: tightness + 1], font_config=fonts, **VARIANT)


def _html(html: str) -> HTML:
    return HTML(string=html, base_url=OURS, url_fetcher=OurFilesOnly())


def _first_page_of_sheet(document: Document) -> int:
    return next(number for number, page in enumerate(document.pages) if "sheet" in page.anchors)


@cache
def _styles() -> tuple[FontConfiguration, list[CSS]]:
    fonts, fetcher = FontConfiguration(), OurFilesOnly()
    urls = [f"{OURS}tokens.css", *(f"{OURS}{name}" for name in SHEETS)]
    return fonts, [CSS(url=url, font_config=fonts, url_fetcher=fetcher) for url in urls]


@cache
def _shipped() -> dict[str, Path]:
    tokens = Path(finders.find("tokens.css"))
    files = [tokens, *(tokens.parent / "letter").glob("*.css"), *(tokens.parent / "fonts").glob("*.woff2")]
    return {f"{OURS}{file.name}": file for file in files}
