"""Prints a letter as PDF: the only place that knows WeasyPrint."""

from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from bookings.summons.letter import Letter, plain
from bookings.summons.limits import within_limits

OURS = "letter:"
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
    html = to_html(letter)
    _styles()  # fonts are read once, here, and every child inherits them
    tightness = 1 if len(letter.pages[0].line) <= ROOMY_STEPS else 2
    return within_limits(lambda: to_pdf(html, pages=len(letter.pages), tightness=tightness))


def to_html(letter: Letter) -> str:
    """The letter as one HTML document; whatever a name holds, it comes out as text on one line."""
    return plain(render_to_string("summons/letter.html", {"letter": letter}))


def to_pdf(html: str, *, pages: int, tightness: int = 1) -> bytes:
    """The document printed in this process, set tighter as long as a language does not stay on its page."""
    document = _lay_out(html, tightness)
    if _first_page_of_sheet(document) > pages and tightness < len(SHEETS):
        return to_pdf(html, pages=pages, tightness=tightness + 1)
    return document.write_pdf(**VARIANT)


def _lay_out(html: str, tightness: int) -> Document:
    fonts, styles = _styles()
    return HTML(string=html, base_url=OURS, url_fetcher=OurFilesOnly()).render(
        stylesheets=styles[: tightness + 1], font_config=fonts, **VARIANT
    )


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
