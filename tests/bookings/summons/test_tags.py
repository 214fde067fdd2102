"""The PDF's tags: each part in its own language, pictures that say something or are passed over."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from bookings.summons.jobs import print_pdfs
from bookings.summons.render import printable
from bookings.summons.static_files import static_file
from tests.bookings.summons.samples import sample_letter


@cache
def pdf_of(language: str) -> PdfReader:
    letter = printable(sample_letter(language, stops=3))
    (pdf,) = print_pdfs(static_file("tokens.css").parent, [letter], each=True, joined=False)
    return PdfReader(BytesIO(pdf))


def elements(node: Any) -> Iterator[Any]:
    """All elements of the tag tree."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict):
        yield node
        yield from elements(node["/K"]) if "/K" in node else ()


def tags_of(language: str) -> list[Any]:
    catalog: Any = pdf_of(language).trailer["/Root"]
    return list(elements(catalog["/StructTreeRoot"]))


@pytest.mark.parametrize(
    ("language", "tag"), [("ar", "ar"), ("prs", "fa-AF"), ("so", "so"), ("ti", "ti"), ("en", "en-GB")]
)
def test_each_page_is_tagged_with_its_own_language(language: str, tag: str) -> None:
    pages = [one.get("/Lang") for one in tags_of(language) if one.get("/S") == "/Sect"]
    assert pages[:2] == [tag, "sv"]


def test_a_swedish_word_on_an_arabic_page_is_tagged_swedish() -> None:
    assert sum(one.get("/S") == "/Span" and one.get("/Lang") == "sv" for one in tags_of("ar")) > 5


def test_every_picture_that_is_tagged_says_something() -> None:
    said = [one.get("/Alt") for one in tags_of("ar") if one.get("/S") == "/Figure"]
    assert all(text and text.strip() for text in said)
    assert {"09:00", "09:15", "N4K-7QT"} < set(said)


def test_a_picture_that_decorates_is_an_artifact() -> None:
    drawn = pdf_of("sv").pages[0].get_contents()
    assert drawn is not None
    assert drawn.get_data().count(b"/Figure <</MCID") < 10  # clocks and codes; not the twenty pictograms


@pytest.mark.parametrize(("language", "title"), [("ar", "دعوة إلى موعد N4K-7QT"), ("sv", "Kallelse N4K-7QT")])
def test_the_title_says_what_it_is_and_which(language: str, title: str) -> None:
    metadata = pdf_of(language).metadata
    assert metadata is not None
    assert metadata.title == title
