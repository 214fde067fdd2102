"""A text has 200 words at most, and nothing that nobody sees."""

import pytest
from django.core.exceptions import ValidationError

from motesplats.followup.tertial.words import validate_text, words_in


def test_words_are_counted_across_lines():
    assert words_in("Två ord\noch  tre till") == 5
    assert words_in("  ") == 0


def test_two_hundred_words_are_taken_and_one_more_is_not():
    validate_text("ord " * 200)
    with pytest.raises(ValidationError, match="201"):
        validate_text("ord " * 201)


def test_lines_are_allowed_and_hidden_characters_are_not():
    validate_text("En rad\n\nEn till\tmed tabb")
    with pytest.raises(ValidationError):
        validate_text("Ett o\u202erd")
