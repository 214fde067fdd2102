"""An alias tells nothing, and yet everybody's age counts as before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.clock import age_on
from bookings.parties.masking import alias, masked_birth, without

TODAY = date(2026, 11, 23)
LIMITS = (0, 6, 18, 20, 65, 68)


@given(
    birth=st.dates(date(1926, 1, 1), TODAY),
    ahead=st.integers(0, 2 * 365),
    limit=st.sampled_from(LIMITS),
)
def test_an_age_counts_as_before_against_every_limit(birth, ahead, limit):
    day = TODAY + timedelta(days=ahead)
    masked = masked_birth(birth, limits=LIMITS, today=TODAY)
    assert (age_on(masked, day) >= limit) == (age_on(birth, day) >= limit)


@pytest.mark.parametrize(
    ("birth", "masked"),
    [
        (date(1989, 11, 2), date(1989, 7, 1)),
        (date(2015, 3, 28), date(2015, 7, 1)),
        (date(2009, 1, 9), date(2009, 1, 9)),  # eighteen in January
        (date(2026, 2, 3), date(2026, 2, 3)),  # born this year
    ],
)
def test_a_birth_date_becomes_its_year_unless_it_decides_something(birth, masked):
    assert masked_birth(birth, limits=LIMITS, today=TODAY) == masked


def test_an_alias_is_a_letter_and_the_reference():
    assert alias(0, reference="N4K-7QT") == ("Person A", "N4K-7QT")
    assert alias(19, reference="N4K-7QT") == ("Person T", "N4K-7QT")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Layla Haddad is ill.", "… … is ill."),
        ("LAYLA ringde", "… ringde"),
        ("Laylas barn", "Laylas barn"),
        ("Ali i Alingsås", "… i Alingsås"),
        ("", ""),
    ],
)
def test_words_are_blotted_out_whole(text, left):
    assert without(text, {"Layla", "Haddad", "Ali", ""}) == left


def test_nothing_is_blotted_out_when_nothing_is_told():
    assert without("Layla", set()) == "Layla"
