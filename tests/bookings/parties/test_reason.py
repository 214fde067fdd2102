"""The reason that a verb asks for: needed, stripped, and not too long."""

import pytest

from agencies.refusals import Refusal
from bookings.parties.reason import LONGEST_REASON, clean_reason


class NoReason(Refusal):
    field = "reason"


def clean(reason: str) -> str:
    return clean_reason(reason, refusal=NoReason, when_missing="Say why.")


def test_spaces_around_the_reason_are_removed():
    assert clean("  The family is ill \n") == "The family is ill"
    assert clean(f" {'x' * LONGEST_REASON} ") == "x" * LONGEST_REASON


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_missing_reason_is_refused_with_the_verb_s_message(reason):
    with pytest.raises(NoReason) as refused:
        clean(reason)
    assert refused.value.errors == {"reason": ["Say why."]}


def test_a_reason_that_is_too_long_is_refused():
    with pytest.raises(NoReason, match=str(LONGEST_REASON)):
        clean("x" * (LONGEST_REASON + 1))
