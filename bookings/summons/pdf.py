"""Prints HTML as tagged PDF: the only module that imports WeasyPrint. Free of Django, to load fast."""

import atexit
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from bookings.summons import tags
from bookings.summons.fitting import Measured, first_size, next_size
from bookings.summons.printable import Printable
from bookings.summons.sizes import class_of, size_rules

OURS = "letter:"
PX = 96 / 25.4  # a millimetre in WeasyPrint's unit
Tried = dict[str, dict[int, Measured]]
VARIANT = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


class FetchRefused(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """A document asked for a file that is not ours; it is not printed."""


class OurFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves `letter:NAME` from the folder of static files: its style sheets and fonts, and nothing else."""

    def __init__(self, static: Path) -> None:
        super().__init__()
        files = [static / "tokens.css", *static.glob("letter/*.css"), *static.glob("fonts/*.woff2")]
        self.files = {f"{OURS}{file.name}": file for file in files}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file behind a `letter:` address. Raises FetchRefused."""
        path = self.files.get(url)
        if path is None:
            raise FetchRefused(f"A letter fetches nothing but its own files: {url[:80]}")
        return URLFetcherResponse(url, path.read_bytes())


class Printer:
    """WeasyPrint with the fonts and style sheets of one folder, which are read once."""

    def __init__(self, static: Path) -> None:
        tags.install()
        self.fetcher = OurFilesOnly(static)
        self.fonts = FontConfiguration()
        self.styles = {
            path.name: CSS(url=url, font_config=self.fonts, url_fetcher=self.fetcher)
            for url, path in self.fetcher.files.items()
            if path.suffix == ".css"
        }
        self.sizes = CSS(string=size_rules(), font_config=self.fonts)

    def pdfs(self, printables: Sequence[Printable], *, each: bool, joined: bool) -> list[bytes]:
        """`each`: a PDF of each printable; `joined`: then one of all. Laid out once for both."""
        documents = [self.lay_out(printable).document for printable in printables]
        chosen = [*(documents if each else ()), *([_join(documents)] if joined else ())]
        return [document.write_pdf(**VARIANT) for document in chosen]

    def lay_out(self, printable: Printable) -> "LaidOut":
        """The pages, each part in the largest type that has room; one layout, or a few, make it."""
        styles = [*(self.styles[name] for name in printable.sheets), self.sizes]
        html = HTML(string=printable.html, base_url=OURS, url_fetcher=self.fetcher)
        parts, found = printable.parts, dict[tuple[int, ...], Document]()
        tried: Tried = {name: {} for name in parts}
        sizes = {name: first_size(part) for name, part in parts.items()}
        while (chosen := tuple(sizes.values())) not in found:
            _set_sizes(html, sizes)
            found[chosen] = html.render(stylesheets=styles, font_config=self.fonts, **VARIANT)
            for name, size in sizes.items():
                tried[name][size] = Measured(heights_of(found[chosen], name))
            sizes = {name: next_size(part, tried[name]) for name, part in parts.items()}
        return LaidOut(found[chosen], sizes, tried, layouts=len(found))


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document, the size of each part, and what each part measured in the sizes that were tried."""

    document: Document
    sizes: Mapping[str, int]
    tried: Tried
    layouts: int


@cache
def printer(static: Path) -> Printer:
    """The process's printer for that folder."""
    return Printer(static)


# The fonts remove their folder when they go, which no longer works once the interpreter is taken down.
atexit.register(printer.cache_clear)


def _join(documents: Sequence[Document]) -> Document:
    return documents[0].copy([page for document in documents for page in document.pages])


def _set_sizes(html: HTML, sizes: Mapping[str, int]) -> None:
    """As the classes of the sections, in the place of earlier ones."""
    for element in html.etree_element.iter("section"):
        if size := sizes.get(element.get("id", "")):
            kind = element.get("class").partition(" ")[0]
            element.set("class", f"{kind} {class_of(size)}")


def heights_of(document: Document, name: str) -> tuple[float, ...]:
    """How many mm the section with that id takes of each of its pages."""
    boxes = (box for page in document.pages for box in page._page_box.descendants())  # noqa: SLF001  there is no other
    return tuple(
        (max(child.position_y + child.margin_height() for child in _in_flow(box)) - box.position_y) / PX
        for box in boxes
        if box.element_tag == "section" and box.element.get("id") == name
    )


def _in_flow(box: Any) -> list[Any]:
    return [child for child in box.children if child.is_in_normal_flow()]
