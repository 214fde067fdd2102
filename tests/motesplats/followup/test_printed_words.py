"""What the reports print in English of whom a figure is stands in the reader's words; what is not known stays."""

import csv

import pytest
from django.utils.translation import override

from motesplats.followup.history.published import FILE
from motesplats.followup.printed_words import (
    NAMES,
    NOTES,
    UNITS,
    name_in_words,
    note_in_words,
    scope_in_words,
    swedish,
    unit_in_words,
)

# Names of places, which are the same in both languages.
PLACES = {
    "Lund",
    "LivA Östersund",
    "Alingsås, Borlänge, Ljusdal, Norrköping",
    "Norrköping, Ljusdal, Växjö, Gävle, Helsingborg",
}


@pytest.mark.parametrize(
    ("printed", "sv", "en"),
    [
        ("5 sites, 28 Jul-31 Dec", "5 mötesplatser, 28 juli–31 dec", "5 sites, 28 Jul–31 Dec"),
        ("27 sites", "27 mötesplatser", "27 sites"),
        ("1 site", "1 mötesplats", "1 site"),
        ("4 random sites", "4 slumpvis valda mötesplatser", "4 sites at random"),
        ("national", "hela landet", "the whole country"),
        ("3 Xyz-4 Dec", "3 Xyz-4 Dec", "3 Xyz-4 Dec"),
        ("31 Feb-31 Dec", "31 Feb-31 Dec", "31 Feb-31 Dec"),
        ("", "", ""),
    ],
)
def test_a_scope_is_told_in_the_readers_language(printed, sv, en):
    for language, words in (("sv", sv), ("en", en)):
        with override(language):
            assert scope_in_words(printed) == words


def test_every_name_scope_and_unit_of_the_published_figures_is_known():
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with override("sv"):
        english = {row["site_scope"] for row in rows} - PLACES
        assert {scope for scope in english if scope_in_words(scope) == scope and scope} == set()
        assert {row["figure_name"] for row in rows} == set(swedish(NAMES))
        assert name_in_words("participants total") == "deltagare totalt"
        assert name_in_words("something else") == "something else"
        units = {row["unit"] for row in rows}
        assert units <= set(UNITS)
        assert {unit_in_words(unit) for unit in ("persons", "SEK/yr")} == {"personer", "kronor om året"}
    with override("en"):
        assert name_in_words("participants total") == "participants total"


def test_every_note_and_every_word_in_place_of_a_number_is_known():
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = {"before", "since start", "2018 spring", "some hours", "title page"}
    known = set(swedish(NOTES))
    assert {row["note"] for row in rows if row["note"]} | words <= known
    with override("sv"):
        assert note_in_words("manual count") == "räknat för hand"
        assert note_in_words("some hours") == "några timmar"
        assert note_in_words("2017") == "2017"
    with override("en"):
        assert note_in_words("manual count") == "manual count"
