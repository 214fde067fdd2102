"""Sentences agree whichever agency is filled in and however many read them; an office has one word in each language."""

import re
from pathlib import Path

import pytest

from agencies.languages import LANGUAGES
from motesplats.catalogues.domains import NEWCOMERS, STAFF, file_of, read
from motesplats.catalogues.sheet import OFFICES, filled, names, page, sentences

ROOT = Path(__file__).parents[3]
# What each language calls an office, and other words for the same that it must not use beside it. Proper names and
# the service office, which is a house, have words of their own.
OTHER_WORDS = {
    "sv": r"aktör|myndighet(?!en beslutar)",
    "en": r"(?<!Migration )(?<!%\()\bagenc(y|ies)\b|\bauthorit(y|ies)\b",
    "ar": r"جهة|الجهات|الجهتين|هيئة",
    "prs": r"دفتر(?! خدماتی| اداره)",
    "so": r"hay'ad(?!da Gunnada)",
    "ti": r"ትካል",
}
ONE_WORD = {"sv": "kontor", "en": "office", "ar": "مكتب", "prs": "اداره", "so": "xafiis", "ti": "ቤት ጽሕፈት"}
BEFORE_A_NAME = re.compile(r"([:፡]|\b(hos|till|från|to|from|at))\s*$|(من|إلى|لدى)\s*$")


def texts(language: str) -> list[str]:
    """Every form of every text that newcomers read in the language."""
    own = read(file_of(NEWCOMERS, language, locale=ROOT / "locale"))
    found: list[str] = []
    for message in read(file_of(NEWCOMERS, "sv", locale=ROOT / "locale")):
        known = own.get(message.id, message.context)
        string = (known.string if known else None) or message.id
        if message.id:
            found += [string] if isinstance(string, str) else string
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agency_is_filled_in_where_nothing_must_agree_with_it(language):
    found = list(sentences(ROOT, language))
    assert len(found) >= 10
    for _source, text in found:
        for name in OFFICES:
            for before in text.split(f"%({name})s")[:-1]:
                assert BEFORE_A_NAME.search(before), text


def test_the_sheet_shows_every_sentence_with_every_agency_in_every_language():
    html = page(ROOT)
    for language in LANGUAGES:
        called = names(ROOT, language)
        assert set(called) == {"MIG", "SKV", "FK", "AF", "KOM", "PM"}
        for _source, text in sentences(ROOT, language):
            lines = list(filled(text, called))
            assert len(set(lines)) == len(called)
            assert all("%(" not in line for line in lines)
    assert "بلدية Norrköping" in html
    assert "البلدية Norrköping" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_newcomers_read_one_word_for_an_office(language):
    found = texts(language)
    assert [text for text in found if re.search(OTHER_WORDS[language], text, re.IGNORECASE)] == []
    assert any(ONE_WORD[language] in text for text in found)


@pytest.mark.parametrize(
    ("language", "old"),
    [
        ("ar", "قضيت|هل تسمح|تستطيع %|تعرف %|البلدية %"),
        ("prs", "با شما چه کرده|بلی شما|بلی خود"),
        ("so", r"\b[Hh]aah|sirta u dhaxaysa"),
        ("ti", "እወታ"),
    ],
)
def test_words_that_readers_stumbled_over_are_gone(language, old):
    assert [text for text in texts(language) if re.search(old, text)] == []


def test_swedish_speaks_to_one_person_or_to_a_family_with_the_same_words():
    plural = re.compile(r"\b(ni|er|ert|era)\b", re.IGNORECASE)
    assert [text for text in texts("sv") if plural.search(text)] == []


def test_somali_speaks_to_one_person_or_to_a_family_with_the_same_words():
    plural = re.compile(
        r"\bidin|\w+(iinna|iinnu|kiinna)\b|tihiin|leedihiin|tiraahdaan|tagtaan", re.IGNORECASE
    )
    assert [text for text in texts("so") if plural.search(text)] == []


@pytest.mark.parametrize("domain", [NEWCOMERS, STAFF])
def test_swedish_quotes_and_names_as_swedish_does(domain):
    """Both quotation marks alike; Malmö stad and Kalmar kommun are whole names, not made of a genitive."""
    texts = [message.string for message in read(file_of(domain, "sv", locale=ROOT / "locale"))]
    said = " ".join(text if isinstance(text, str) else " ".join(text or ()) for text in texts)
    wrong = r"“|„|tillbakatag|hos Kommunen|inget telefonnummer|\)ss? kommun|Malmö kommun|Kalmars kommun"
    assert re.findall(wrong, said) == []
