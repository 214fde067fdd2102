"""Figures as they are shown: rounded at the end, with the reader's comma; open ones say so."""

from fractions import Fraction
from functools import partial

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from motesplats.followup.benefit.display import (
    duration,
    figure,
    kronor,
    money,
    percent,
    persons,
    plain,
    rounded,
    thousands,
)

SIGNED_MONEY, SIGNED_THOUSANDS = partial(money, sign=True), partial(thousands, sign=True)


@pytest.mark.parametrize(
    ("show", "value", "text"),
    [
        (money, 2_750_000, "2,75 mn kr"),
        (money, Fraction(2_750_000, 3), "0,92 mn kr"),
        (money, 65_476, "65\u00a0476 kr"),
        (SIGNED_MONEY, -850_000, "−0,85 mn kr"),
        (thousands, -1_750_400, "−1\u00a0750"),
        (SIGNED_THOUSANDS, 3_600_000, "+3\u00a0600"),
        (SIGNED_THOUSANDS, 0, "0"),
        (thousands, -400, "0"),
        (kronor, 600_000, "600\u00a0000 kr"),
        (percent, Fraction(11, 100), "11 %"),
        (percent, Fraction(2, 300), "1 %"),
        (persons, Fraction(2_750_000, 1_800_000), "1,53"),
        (duration, Fraction(1, 6), "2 months"),
        (duration, Fraction(55, 24), "2,29 years"),
        (plain, Fraction("1.25"), "1,25"),
        (plain, 3, "3"),
        (plain, Fraction(1, 3), "0,3333"),
        (money, None, "open"),
        (plain, None, "open"),
    ],
)
def test_a_figure_is_written_so(show, value, text):
    with override("en"):
        shown = show(None if value is None else Fraction(value))
    assert shown.text == text
    assert shown.is_open is (text == "open")


def test_an_open_figure_has_no_number():
    assert (figure(None).number, persons(None).number, duration(None).number) == (None, None, None)


@given(st.fractions(-(10**9), 10**9), st.integers(0, 3))
def test_rounding_is_to_the_nearest_and_half_goes_away_from_zero(value, places):
    found = Fraction(rounded(value, places))
    distance = abs(found - value) * 10**places
    assert distance <= Fraction(1, 2)
    assert distance < Fraction(1, 2) or abs(found) > abs(value)
