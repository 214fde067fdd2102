"""Participants against a named denominator."""

from datetime import date
from decimal import Decimal

import pytest

from motesplats.followup.goals.attainment import (
    DaysCompared,
    Denominator,
    WhyNone,
    attainment_of,
    margin,
    persons_for,
)

YEAR = DaysCompared(date(2017, 1, 1), date(2017, 12, 31))
HALF = DaysCompared(date(2017, 7, 28), date(2017, 12, 31))


def permits(value: int = 22000, *, period: DaysCompared = YEAR, ca: bool = True) -> Denominator:
    return Denominator("beviljade tillstånd", value, period, ca)


def test_the_share_is_whole_and_told_without_decimals():
    found = attainment_of(participants=12525, period=YEAR, denominator=permits())
    assert found.share == Decimal(12525) / 22000
    assert found.percent == 57
    assert found.is_approximate
    assert found.denominator
    assert found.denominator.name == "beviljade tillstånd"


def test_half_a_per_cent_is_rounded_up():
    assert attainment_of(participants=505, period=YEAR, denominator=permits(1000)).percent == 51


@pytest.mark.parametrize(
    ("participants", "denominator", "period", "why"),
    [
        (None, permits(), YEAR, WhyNone.NO_PARTICIPANTS),
        (860, None, YEAR, WhyNone.NO_DENOMINATOR),
        (860, permits(0), YEAR, WhyNone.ZERO),
        (860, permits(71000), HALF, WhyNone.OTHER_PERIOD),
    ],
)
def test_where_there_is_no_share_it_says_why(participants, denominator, period, why):
    found = attainment_of(participants=participants, period=period, denominator=denominator)
    assert (found.share, found.percent, found.why_none) == (None, None, why)
    assert margin(found, 50) is None


def test_a_goal_is_reached_with_whole_persons():
    assert persons_for(50, permits(13180)) == 6590
    assert persons_for(50, permits(13181)) == 6591
    assert margin(attainment_of(participants=6686, period=YEAR, denominator=permits(13180)), 50) == 96
    assert margin(attainment_of(participants=6000, period=YEAR, denominator=permits(13180)), 50) == -590
