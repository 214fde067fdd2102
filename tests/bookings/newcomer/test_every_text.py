"""Whatever page or form error a newcomer gets is in the language of the page, none of its sentences in another one."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from agencies.languages import LANGUAGES
from bookings.links.tokens import code_of, token_of
from tests.bookings.newcomer.test_templates import IN_EVERY_SCRIPT, PAGES

pytestmark = pytest.mark.django_db
LOCALE = Path(__file__).parents[3] / "locale"
LONG = 12  # letters; shorter pieces stand in sentences of other languages too
VOID = {"meta", "link", "input", "br", "wbr", "hr", "img"}


class Said(HTMLParser):
    """Collects what the page says in its own language: text, labels and alternatives."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.foreign: list[bool] = []
        self.own: str | None = None
        self.parts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.own = self.own or (found.get("lang") if tag == "html" else None)
        is_foreign = bool(self.foreign and self.foreign[-1])
        if "lang" in found:
            is_foreign = found["lang"] != self.own
        if not is_foreign:
            self.parts += [found.get(name) or "" for name in ("aria-label", "alt", "title", "placeholder")]
        if tag not in VOID:
            self.foreign.append(is_foreign)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """It has no text."""

    def handle_endtag(self, tag: str) -> None:
        if self.foreign:
            self.foreign.pop()

    def handle_data(self, data: str) -> None:
        if not (self.foreign and self.foreign[-1]):
            self.parts.append(data)


@cache
def pieces(language: str, spoken: str) -> frozenset[str]:
    """What is said in `language`, where the same is said otherwise in `spoken`; between its placeholders."""
    said = phrases(language)
    other = phrases(spoken)
    return frozenset(
        piece.strip()
        for key, text in said.items()
        if other.get(key) and other[key] != text
        for piece in re.split(r"%\(\w+\)s|\s{2,}", text)
        if len(piece.strip()) >= LONG and piece.strip() not in other[key]
    )


@cache
def phrases(language: str) -> dict[str, str]:
    """Each newcomers' text by its English one; of plurals the first form."""
    with (LOCALE / ("sv" if language == "en" else language) / "LC_MESSAGES" / "newcomers.po").open(
        "rb"
    ) as file:
        said = {_first(each.id): _first(each.string) for each in read_po(file) if each.id}
    return {key: key if language == "en" else text for key, text in said.items()}


def _first(text: str | list[str] | tuple[str, ...] | None) -> str:
    return text if isinstance(text, str) else text[0] if text else ""


def foreign_sentences(html: str, language: str) -> set[str]:
    said = " ".join(" ".join(Said(html).parts).split())
    others = {"en", "sv"} - {language}
    return {piece for other in others for piece in pieces(other, language) if piece in said}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAGES if name not in IN_EVERY_SCRIPT])
def test_a_page_says_nothing_in_another_language(name: str, language: str) -> None:
    assert foreign_sentences(PAGES[name](language), language) == set()


def test_a_sentence_of_another_language_is_found() -> None:
    html = '<html lang="ar"><p>Ask for another time</p><p lang="sv">Utkast</p></html>'
    assert foreign_sentences(html, "ar") == {"Ask for another time"}


@pytest.fixture
def opened(phone, book, caseworker, acting) -> tuple[Client, str]:
    """A phone that has opened the day with the paper code, and the address of the day."""
    chain = book()
    with acting(caseworker):
        link = chain.links.first()
        day, code = f"/d/{token_of(link)}", code_of(link)
    phone.post(day, {"language": "en", "k": code})
    return phone, day


def asked(phone: Client, day: str, language: str) -> Iterator[tuple[str, int, str]]:
    """Every page below the link, and the public ones; then every form that is refused: address, status and page."""
    below = (
        "",
        "/another-time",
        "/call-me",
        "/survey",
        "/contact",
        "/extracts",
        "/readings",
        "/consents",
        "/choices",
        "/checklist",
    )
    for address in (
        *(day + each for each in below),
        "/help",
        "/accessibility",
        "/privacy",
        "/b",
        "/b/NOTHING",
    ):
        page = phone.get(f"{address}?language={language}", follow=True)
        yield address, page.status_code, page.text
    long = "x" * 400
    forms: tuple[tuple[str, dict[str, str]], ...] = (
        ("/another-time", {"why": "ill", "text": long}),
        ("/another-time", {"why": "ill", "day": "forged"}),
        ("/another-time", {"why": "nonsense"}),
        ("/call-me", {"spoken": "ara", "period": "morning", "number": "12"}),
        ("/call-me", {"spoken": "ara", "period": "morning", "text": long}),
        ("/call-me", {"spoken": "nonsense", "period": "night"}),
        ("/survey", {}),
        ("/extracts", {}),
        ("/key", {"code": "AAAA AAAA"}),
        ("/key", {"code": ""}),
        ("/answer", {"answer": "nonsense"}),
        ("/answer", {"answer": "yes"}),
        ("/call-me", {"spoken": "ara", "period": "afternoon", "number": ""}),
        ("/another-time", {"why": "work"}),
    )
    for below_it, typed in forms:
        page = phone.post(day + below_it, typed | {"language": language}, follow=True)
        yield f"{below_it} {typed}", page.status_code, page.text
    yield "closed", 0, phone.post(f"{day}/close", {"language": language}, follow=True).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_form_error_of_a_day_is_in_its_language(opened, language: str) -> None:
    phone, day = opened
    found = list(asked(phone, day, language))
    assert {status for _address, status, _page in found if status >= 500} == set()
    assert len([status for _address, status, _page in found if status in (409, 422)]) >= 5
    spoken = LANGUAGES[language].html_lang
    mixed = {
        address: foreign_sentences(page, language)
        for address, _status, page in found
        if f'<html lang="{spoken}"' in page
    }
    assert len(mixed) >= len(found) - 3
    assert {address: sentences for address, sentences in mixed.items() if sentences} == {}
