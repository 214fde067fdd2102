"""The languages of interpreters: found by code and name, served by their macrolanguage, named in six languages."""

import csv

import pytest

from agencies.languages import LANGUAGES
from agencies.spoken import (
    COMMON,
    MOST_FOUND,
    common_languages,
    find_spoken,
    interpreted_as,
    is_signed,
    registry,
    spoken_languages,
    spoken_name,
)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kmr", "kmr"),
        ("Kurmanji", "kmr"),
        ("kurmancî", "kmr"),
        ("Northern  kurdish", "kmr"),
        ("svenskt teckenspråk", "swl"),
        ("ar", "ara"),
        ("tyska", "deu"),  # not among the common ones: its names are CLDR's and the authority's
        ("German", "deu"),
    ],
)
def test_a_language_is_found_by_its_code_and_by_each_of_its_names(typed, code):
    assert [one.code for one in find_spoken(typed)] == [code]


def test_a_label_of_the_list_finds_its_language():
    assert all(find_spoken(one.label) == [one] for one in spoken_languages().values() if one.is_common)


def test_an_unknown_name_finds_nothing():
    assert find_spoken("xyzzy") == []


def test_a_macrolanguage_serves_its_own_but_they_do_not_serve_each_other():
    assert "ara" in interpreted_as("apc")
    assert "ckb" not in interpreted_as("kmr")


def test_swedish_sign_language_has_a_name_in_each_language_of_letters():
    names = {language: spoken_name("swl", language) for language in LANGUAGES}
    assert len(set(names.values())) == len(LANGUAGES)
    assert spoken_languages()["swl"].is_signed
    assert is_signed("swl")


def test_the_whole_list_is_the_packages_and_only_common_languages_lie_here():
    assert len(spoken_languages()) > 7_800
    with COMMON.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["code", "sv", "endonym"]
    assert len(rows) < 150
    assert [one.code for one in common_languages()] == [row["code"] for row in rows]
    assert all(row["sv"] and row["endonym"] for row in rows)


def test_what_is_no_language_is_not_in_the_list():
    assert not {"und", "zxx", "mis", "mul", "ku", ""} & set(spoken_languages())


def test_a_code_that_the_list_has_no_more_is_told_as_it_is_and_ends_nothing():
    assert [spoken_name("qqq", language) for language in LANGUAGES] == ["qqq"] * len(LANGUAGES)
    assert not is_signed("qqq")
    assert interpreted_as("qqq") == ["qqq"]


def test_part_of_a_name_finds_the_common_ones_first_and_at_most_thirty():
    found = find_spoken("sign language")
    assert found[0].code == "swl"
    assert len(found) == MOST_FOUND
    assert [one.code for one in find_spoken("ab")] == ["abk"]  # a code, too short for a part of a name


def test_two_with_the_same_name_are_both_found_unless_only_one_is_common():
    assert [one.code for one in find_spoken("nepali")] == ["nep"]  # and not the one of that macrolanguage
    assert [one.code for one in find_spoken("atong")] == ["aot", "ato"]
    assert [one.code for one in find_spoken("فارسی")] == ["pes", "fas"]


def test_each_name_is_in_the_list_of_names_once():
    assert registry() is registry()
    for found in registry().by_name.values():
        assert len(found) == len(set(found))
