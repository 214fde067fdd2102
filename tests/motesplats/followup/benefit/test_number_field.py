"""Numbers as people write them, within their limits; in an address they have digits and a point."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from motesplats.followup.benefit.assumptions import KRONOR, NumberLimit
from motesplats.followup.benefit.number_field import AssumedNumberField, shown
from motesplats.followup.typed_numbers import canonical

WHOLE = NumberLimit(Decimal(1), Decimal(10), 0)


def refusal_of(limit: NumberLimit, typed: str) -> str:
    with override("en"), pytest.raises(ValidationError) as refused:
        AssumedNumberField(limit).clean(typed)
    with override("en"):
        return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1 200 000", "1200000"),
        ("1\u00a0200\u202f000", "1200000"),
        ("1'200'000", "1200000"),
        ("1,25", "1.25"),
        ("1.25", "1.25"),
        (" ٣٤ ", "34"),
        ("", None),
        (None, None),
    ],
)
def test_it_is_read_so(typed, number):
    assert AssumedNumberField(KRONOR).clean(typed) == (number and Decimal(number))


@pytest.mark.parametrize(
    "typed", ["1,200,000", "1e5", "NaN", "inf", "abc", "1 %", "--1", "1.", ".5", "9" * 400, "1²", "0x10"]
)
def test_what_is_no_number_is_refused(typed):
    assert "Write a number" in refusal_of(KRONOR, typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("0", "At least 1."), ("−3", "At least 1."), ("11", "At most 10."), ("1,5", "whole number")],
)
def test_what_is_beyond_its_limits_is_refused(typed, says):
    assert says in refusal_of(WHOLE, typed)


@given(st.decimals(0, 10**10, places=2))
def test_what_is_shown_is_read_as_the_same(number):
    field = AssumedNumberField(KRONOR)
    assert field.clean(shown(number)) == field.clean(canonical(number)) == number


def test_what_was_typed_wrongly_comes_back_as_it_was():
    field = AssumedNumberField(KRONOR)
    assert (field.prepare_value("1200000"), field.prepare_value("1.2.3")) == ("1 200 000", "1.2.3")
