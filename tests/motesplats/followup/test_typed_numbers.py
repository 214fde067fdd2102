"""Numbers are read as Swedes and English people print them."""

from decimal import Decimal

import pytest

from motesplats.followup.typed_numbers import is_ambiguous, number_of, without_ca


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12525", "12525"),
        ("12 525", "12525"),
        ("12\u00a0525", "12525"),
        ("12\u202f525", "12525"),
        ("3,9", "3.9"),
        ("3.9", "3.9"),
        ("1 234,5", "1234.5"),
        ("−3", "-3"),
        ("0", "0"),
    ],
)
def test_a_number_is_read(typed, number):
    assert number_of(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["", "some hours", "3-4", "1 2", "12 52", "1e5", "٣", "12,525", "1.234.567", "--1"]
)
def test_what_is_no_number_or_could_be_two_is_none(typed):
    assert number_of(typed) is None


def test_what_can_be_read_in_two_ways_is_known():
    assert is_ambiguous("12,525")
    assert is_ambiguous("1,234,567")
    assert is_ambiguous("1.234.567")
    assert not is_ambiguous("12,5")
    assert not is_ambiguous("12.525")


def test_ca_is_taken_off():
    assert without_ca("ca 22 000") == ("22 000", True)
    assert without_ca("Cirka 500") == ("500", True)
    assert without_ca("500") == ("500", False)
    assert without_ca("castle") == ("castle", False)
