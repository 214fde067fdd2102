"""The letter before it is printed: what it says, in which characters, and what a name may hold."""

import re
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from agencies.languages import LANGUAGES
from bookings.summons.letter import Letter, Page, Pause, called_to, plain
from bookings.summons.render import to_html
from tests.bookings.summons.samples import CARD, sample_letter

FONTS = Path(settings.BASE_DIR) / "motesplats" / "static" / "fonts"
INVISIBLE = {"\n", "\u200c", "\u200d", "\u00ad", "\ufffc"}
EVIL = 'Rania <script>alert("x")</script>\r\n\u202eHaddad\u2066 {{ page }}'
HARMLESS = 'Rania <script>alert("x")</script> Haddad {{ page }}'


@cache
def characters(weight: int) -> set[str]:
    """What our fonts of this weight can draw."""
    tables = (TTFont(path).getBestCmap() for path in FONTS.glob(f"*-{weight}-normal.woff2"))
    return {chr(code) for table in tables for code in table} | INVISIBLE


def words(html: str) -> str:
    """The text a reader sees."""
    text = unescape(re.sub(r"<[^>]*>", "", re.sub(r"<title>.*?</title>", "", html)))
    return re.sub(" +", " ", text)


@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_has_a_glyph(language: str, weight: int) -> None:
    letter = sample_letter(language, stops=6, contact=CARD, version=2, changes=("09:15–10:00",))
    assert set(words(to_html(letter))) - characters(weight) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("remote", [True, False])
def test_every_word_is_in_the_letters_languages(language: str, remote: bool) -> None:
    text = words(to_html(sample_letter(language, interpreter_remote=remote)))
    assert ("Information sheet" in text) == (language == "en")
    assert "Informationsblad" in text
    assert not re.search("استدعاء|جلب|%\\(", text)


def test_a_party_of_the_same_language_gets_each_page_once() -> None:
    assert [page.language for page in sample_letter("sv").pages] == ["sv"]
    assert to_html(sample_letter("sv")).count("<h1>") == 2


@pytest.mark.parametrize("field", ["recipient", "sender", "phone"])
def test_whatever_a_field_holds_is_text_on_one_line(field: str) -> None:
    html = to_html(sample_letter("ar", **dict[str, Any]({field: EVIL})))
    assert HARMLESS in words(html)
    assert "<script" not in html
    assert "\u202e" not in html


@pytest.mark.parametrize("keep", ["می‌شود", "Łukasz Åsa", "ትግርኛ", "a\u200db"])
def test_plain_keeps_what_languages_need(keep: str) -> None:
    assert plain(keep) == keep


@pytest.mark.parametrize(
    ("typed", "printed"), [("a\u202eb\u2069c", "abc"), ("a\r\nb\u2028c", "a b c"), ("a\x00\ud800b", "ab")]
)
def test_plain_drops_what_turns_or_breaks_a_line(typed: str, printed: str) -> None:
    assert plain(typed) == printed


def test_meetings_are_numbered_and_pauses_are_not() -> None:
    page = sample_letter("sv", stops=4).pages[0]
    assert [number for number, _ in page.steps] == [1, 2, 3, None, 4]
    assert not any(isinstance(stop, Pause) for stop in page.stops)


def test_the_sheet_sets_each_meeting_in_both_languages() -> None:
    blocks = sample_letter("ti", stops=3).blocks
    assert [[page.language for page, _ in block] for block in blocks] == [["ti", "sv"]] * 3


def test_who_must_come_is_said_by_name_when_it_concerns_some() -> None:
    assert "Yusuf · Mariam" in words(to_html(sample_letter("sv", stops=4)))


@pytest.mark.parametrize(
    ("who", "adults", "children", "called"),
    [
        ("everyone", 1, 0, "you"),
        ("concerned", 1, 0, "you"),
        ("one_adult", 1, 0, "you"),
        ("everyone", 2, 0, "both"),
        ("adults", 2, 0, "both"),
        ("one_adult", 2, 0, "one_of_you"),
        ("everyone", 3, 0, "all_of_you"),
        ("adults", 3, 0, "all_of_you"),
        ("everyone", 2, 1, "family"),
        ("adults", 2, 1, "adults"),
        ("one_adult", 2, 1, "one_adult"),
        ("everyone", 1, 2, "family"),
        ("adults", 1, 2, "one_adult"),
        ("concerned", 2, 0, "named"),
        ("adults", 0, 0, "adults"),
        ("one_adult", 0, 0, "one_adult"),
    ],
)
def test_who_must_come_is_called_by_how_many_they_are(
    who: str, adults: int, children: int, called: str
) -> None:
    page = replace(sample_letter("sv").pages[0], adults=adults, children=children)
    stop = replace(page.stops[0], who=who, names=("Yusuf",) if who == "concerned" else ())
    assert called_to(stop, page) == called


@pytest.mark.parametrize(
    ("language", "both"),
    [
        ("sv", "Båda två"),
        ("en", "Both of you"),
        ("ar", "كلاكما"),
        ("prs", "هر دوی شما"),
        ("so", "Labadiinaba"),
        ("ti", "ክልቴኹም"),
    ],
)
def test_a_couple_is_not_called_a_family_with_children(language: str, both: str) -> None:
    text = words(to_html(sample_letter(language, children=0)))
    assert both in text
    assert "Hela familjen" not in text
    assert "Alla vuxna" not in text


def test_one_who_comes_alone_is_called_you() -> None:
    text = words(to_html(sample_letter("sv", adults=1, children=0)))
    assert text.count("Du själv") == 10  # five meetings, each in the letter and on its sheet
    assert "Alla vuxna" not in text
    assert "Hela familjen" not in text


@pytest.mark.parametrize("is_cancellation", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_deaf_is_not_told_to_call(language: str, is_cancellation: bool) -> None:
    pages = [
        to_html(sample_letter(language, is_signed=signed, is_cancellation=is_cancellation))
        for signed in (True, False)
    ]
    assert ["bildtelefoni.net" in page and "texttelefoni.se" in page for page in pages] == [True, False]
    assert "Ring oss. Alla" not in pages[0]


def test_a_new_version_says_what_changed_in_both_languages() -> None:
    html = to_html(sample_letter("ar", version=2, changes=("10:00",)))
    assert "النسخة 2" in html
    assert "Version 2: det här har ändrats" in html
    assert 'class="changes"' not in to_html(sample_letter("ar"))


def test_only_drafts_carry_the_mark() -> None:
    assert 'class="draft"' in to_html(sample_letter("so"))
    assert 'class="draft"' not in to_html(sample_letter("en"))


def test_times_never_turn_round() -> None:
    html = to_html(sample_letter("prs"))
    outside = re.sub(r'<bdi[^>]*dir="ltr">.*?</bdi>|<title>.*?</title>', "", html, flags=re.DOTALL)
    assert not re.search(r"\d\d:\d\d", outside)


def test_a_letter_without_directions_or_interpreter_is_whole() -> None:
    page: Page = sample_letter("sv").pages[0]
    html = to_html(Letter((replace(page, place=replace(page.place, directions=""), interpreter=None),)))
    assert "Ingen tolk är bokad" in html
    assert 'class="way"' not in html
