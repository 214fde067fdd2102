"""The languages of interpreters: found by code and name, served by their macrolanguage, named in six languages."""

import pytest

from agencies.languages import LANGUAGES
from agencies.spoken import find_spoken, interpreted_as, spoken_languages, spoken_name


@pytest.mark.parametrize(
    ("typed", "code"),
    [("kmr", "kmr"), ("Kurmanji", "kmr"), ("kurmancî", "kmr"), ("svenskt teckenspråk", "swl"), ("ar", "ara")],
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
