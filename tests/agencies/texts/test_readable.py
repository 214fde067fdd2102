"""How long a text is and how easily it is read."""

import pytest

from agencies.texts.glyphs import missing_glyphs
from agencies.texts.readable import readability, words_in


def test_words_are_what_blanks_part():
    assert words_in(" Ta med  pass\neller id-kort. ") == 5
    assert words_in("") == 0


def test_lix_is_words_a_sentence_and_long_words_in_a_hundred():
    found = readability("Du kommer hit. Vi talar med dig.")
    assert found is not None
    assert (found.lix, found.ease) == (4, "very_easy")
    hard = readability(
        "Försäkringskassan handlägger bosättningsbaserade socialförsäkringsförmåner skyndsamt."
    )
    assert hard is not None
    assert (hard.lix, hard.ease) == (105, "very_hard")


@pytest.mark.parametrize("text", ["", "12", "نراجع معكم أوراقكم.", "መዓልትኻ ርአ።"])
def test_other_scripts_and_empty_texts_have_no_lix(text):
    assert readability(text) is None


def test_a_character_that_no_font_has_is_named_once():
    assert missing_glyphs("a漢b漢", "sv") == ["漢"]
    assert missing_glyphs("کابل \u200c", "prs") == []
    assert missing_glyphs("ሰላም፧", "ti") == []
    assert missing_glyphs("ሰላም", "sv") == ["ሰ", "ላ", "ም"]
