"""The letter as PDF: its pages, its tags, its window, and what it refuses to fetch."""

from dataclasses import replace
from functools import cache, partial
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from agencies.languages import LANGUAGES
from bookings.summons.jobs import print_pdfs
from bookings.summons.limits import LimitExceeded, within_limits
from bookings.summons.pdf import FetchRefused, OurFilesOnly
from bookings.summons.printable import Printable
from bookings.summons.render import BASE, printable, render
from bookings.summons.static_files import static_file
from tests.bookings.summons.samples import CARD, sample_letter

CHANGES = ("Migrationsverket 09:15–10:00", "Exempelgatan 3, 602 24 Norrköping")
ADDRESS = ("Rania Haddad", "c/o Åsa Łukasz", "Exempelvägen 12 lgh 1101", "602 24 NORRKÖPING")
MM = 72 / 25.4


STATIC = static_file("tokens.css").parent


def printed(one: Printable) -> PdfReader:
    """Printed in this process."""
    (pdf,) = print_pdfs(STATIC, [one], each=True, joined=False)
    return PdfReader(BytesIO(pdf))


@cache
def full(language: str) -> PdfReader:
    """The fullest letter: six stops, ten documents, a change and a contact card."""
    letter = sample_letter(language, stops=6, version=2, changes=CHANGES, contact=CARD)
    return printed(printable(letter))


@cache
def short() -> PdfReader:
    return PdfReader(BytesIO(render(sample_letter("sv", stops=3))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_stays_on_its_page(language: str) -> None:
    footers = [page.extract_text() for page in full(language).pages]
    pages = 1 if language == "sv" else 2
    assert all("N4K-7QT" in text for text in footers)
    assert sum("08-465 004 21" in text for text in footers[:pages]) == pages
    assert "Informationsblad" in footers[pages]


def test_a_letter_is_set_tighter_until_its_language_stays_on_its_page() -> None:
    letter = printable(sample_letter("sv", stops=6, version=2, changes=CHANGES * 4))
    guessed_too_low = {name: replace(part, guesses=(10.0,) * 9) for name, part in letter.parts.items()}
    pages = printed(replace(letter, parts=guessed_too_low)).pages
    assert "08-465 004 21" in pages[0].extract_text()
    assert "Informationsblad" in pages[1].extract_text()


def test_a_letter_is_tagged_and_says_nothing_of_the_person_outside() -> None:
    reader = short()
    catalog: Any = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]
    assert catalog["/Lang"] == "sv"
    assert b'pdfuaid:part="1"' in catalog["/Metadata"].get_data()
    assert reader.metadata
    assert set(reader.metadata) == {"/Title", "/Producer"}
    assert reader.metadata.title == "Kallelse N4K-7QT"


def test_times_and_agencies_can_be_read_and_searched() -> None:
    text = short().pages[0].extract_text()
    for expected in (
        "09:15",
        "–09:55",
        "10:05",
        "Migrationsverket",
        "Skatteverket",
        "tisdag",
        "8 december 2026",
    ):
        assert expected in text


def test_only_the_address_shows_in_the_envelopes_window() -> None:
    seen: list[str] = []

    def look(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
        if text.strip() and 99 < x / MM < 200 and 42 < 297 - y / MM < 75:
            seen.append(text.strip())

    for page in (full("ar").pages[0], short().pages[0]):
        page.extract_text(visitor_text=look)
    assert "".join(seen).replace(" ", "") == 2 * "".join(ADDRESS).replace(" ", "")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/hostname", "http://127.0.0.1/", "https://example.org/", "data:,x", "letter:../settings.py"],
)
def test_a_letter_fetches_nothing_but_its_own_files(url: str) -> None:
    with pytest.raises(FetchRefused):
        OurFilesOnly(STATIC).fetch(url)
    with pytest.raises(FetchRefused):
        printed(Printable(f'<img src="{url}" id="sheet">', BASE))


def test_a_letter_that_asks_for_another_file_is_not_printed() -> None:
    image = Printable('<img src="https://example.org/" id="sheet">', BASE)
    with pytest.raises(LimitExceeded):
        within_limits(partial(print_pdfs, STATIC, [image], each=True, joined=False))


def test_our_own_fonts_are_served() -> None:
    assert OurFilesOnly(STATIC).fetch("letter:noto-sans-latin-400-normal.woff2").read(4) == b"wOF2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_that_cancels_has_one_page_for_each_language(language: str) -> None:
    pages = PdfReader(BytesIO(render(sample_letter(language, is_cancellation=True)))).pages
    assert len(pages) == (1 if language == "sv" else 2)
    assert "Dagen är inställd" in pages[-1].extract_text()
    assert "08-465 004 21" in pages[-1].extract_text()
    assert all("09:" not in page.extract_text() for page in pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stamp_stands_on_the_page_of_each_language_and_moves_nothing(language: str) -> None:
    stamped = PdfReader(BytesIO(render(sample_letter(language, stamp="INSTÄLLT")))).pages
    plain = PdfReader(BytesIO(render(sample_letter(language)))).pages
    assert len(stamped) == len(plain)
    assert ["INSTÄLLT" in page.extract_text() for page in stamped[: 1 if language == "sv" else 2]] == [
        True
    ] * (1 if language == "sv" else 2)
