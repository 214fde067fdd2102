"""Each letter's first page holds what a family needs, whole, in the largest type that has room; its sheet ends well.

A letter costs half a second of the processor, or twice that: each is laid out once for all that is asked of it.
"""

import gc
from dataclasses import replace
from datetime import datetime
from functools import cache
from random import Random

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import dates
from agencies.clock import STOCKHOLM
from agencies.languages import LANGUAGES
from bookings.summons.letter import Letter
from bookings.summons.pdf import LaidOut, printer
from bookings.summons.render import printable
from bookings.summons.static_files import static_file
from tests.bookings.summons.letter_matrix import Case, cases, letter_of
from tests.bookings.summons.paper import (
    Mark,
    cut_in_two,
    marks_of,
    missing_from,
    off_the_paper,
    overlaps,
    small_share,
)
from tests.bookings.summons.samples import CARD, sample_letter

SAMPLE = Random(9).sample(list(cases()), 1)
HARDEST = [
    Case("so", 6, 4, moved=True, long_names=False, long_address=False),
    Case("ar", 5, 1, moved=False, long_names=False, long_address=True),
    Case("ti", 4, 2, moved=False, long_names=True, long_address=False),
]


def laid_out(letter: Letter) -> LaidOut:
    """As the render process does it, which collects no garbage either."""
    gc.disable()
    try:
        return printer(static_file("tokens.css").parent).lay_out(printable(letter))
    finally:
        gc.enable()


@cache
def ordinary(language: str) -> tuple[list[str], float]:
    """What is wrong with the sheet of five meetings, nothing moved or long; page 1's share of small type."""
    found = laid_out(sample_letter(language, stops=5, draft=False))
    few, many = small_share(marks_of(found.document.pages[0]))
    return faults_of_the_sheet(found), few / many


def faults_of(letter: Letter, found: LaidOut) -> list[str]:
    """What is wrong, in words."""
    faults = faults_of_the_sheet(found)
    for number, page in enumerate(letter.pages):
        marks = marks_of(found.document.pages[number])
        with override(page.language):
            words = [
                _("When"),
                _("Where"),
                _("Interpreter"),
                dates.day_month_year(page.arrive_at.date(), page.language),
            ]
        faults += [f"{page.language} misses {word}" for word in missing_from(marks, page, words=words)]
        faults += [f"{page.language} {one!r} over {other!r}" for one, other in overlaps(marks)]
        faults += [f"{page.language} {what!r} off the paper" for what in off_the_paper(marks)]
        if not found.tried[f"page-{number + 1}"][found.sizes[f"page-{number + 1}"]].is_one:
            faults.append(f"{page.language} is two pages")
    return faults


def faults_of_the_sheet(found: LaidOut) -> list[str]:
    """Blocks cut in two, and a last page with a few lines."""
    sheet = found.tried["sheet"][found.sizes["sheet"]]
    ends = [] if sheet.ends_well else [f"the sheet's last page holds {sheet.pages[-1]:.0f} mm"]
    return ends + [f"{what} is cut in two" for what in cut_in_two(found.document.pages)]


@pytest.mark.parametrize("case", [*HARDEST, *SAMPLE], ids=str)
def test_each_letters_first_page_is_whole(case: Case) -> None:
    letter = letter_of(case)
    assert faults_of(letter, laid_out(letter)) == []


def first_page(letter: Letter) -> list[Mark]:
    return marks_of(laid_out(Letter(letter.pages[:1])).document.pages[0])


@pytest.mark.parametrize(("language", "day"), [("en", 2), ("sv", 3)], ids=["Wednesday", "torsdag"])
def test_no_weekday_runs_under_the_clock(language: str, day: int) -> None:
    letter = sample_letter(language, stops=1, arrive_at=datetime(2026, 9, 7 + day, 9, tzinfo=STOCKHOLM))
    assert overlaps(first_page(letter)) == []


def test_an_address_of_many_lines_pushes_the_place_down() -> None:
    marks = first_page(
        sample_letter("sv", stops=2, address=tuple(f"Rad {number} i adressen" for number in range(12)))
    )
    assert overlaps(marks) == []
    assert "Rad 11 i adressen" in {mark.what for mark in marks}


def test_one_very_long_word_stays_on_the_paper() -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    place = replace(sample_letter("sv").pages[0].place, site=word, street=word, directions=word)
    letter = sample_letter(
        "sv", stops=3, recipient=word, address=(word,), place=place, sender=word, changes=(word,), version=2
    )
    marks = first_page(letter)
    assert off_the_paper(marks) == []
    assert overlaps(marks) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_an_ordinary_sheet_is_nearly_empty(language: str) -> None:
    faults, _small = ordinary(language)
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_letter_has_no_small_type_but_the_draft_notice(language: str) -> None:
    _faults, small = ordinary(language)
    assert small < 0.02


def test_what_ends_a_sheet_is_not_cut_in_two() -> None:
    letter = sample_letter("sv", stops=6, contact=CARD)
    assert faults_of(letter, laid_out(letter)) == []
