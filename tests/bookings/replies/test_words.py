"""What a sender is told fits into two text messages in every language, and says nothing of the case."""

import pytest

from agencies.languages import LANGUAGES
from bookings.messages.sms_parts import MOST_PARTS, parts_of
from bookings.models import Reply
from bookings.replies.words import told

ANSWERS = ("yes", "another_time", "help")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", Reply.Outcome.values)
def test_it_is_short_and_of_its_language(language, outcome):
    for answer in ANSWERS:
        text = told(outcome, answer, language=language)
        assert text
        assert parts_of(text).parts <= MOST_PARTS
        assert language == "en" or text != told(outcome, answer, language="en")
