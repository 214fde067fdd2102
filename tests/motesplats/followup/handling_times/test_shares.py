"""Bands in whole per cent, and weeks in quarters."""

from datetime import date

import pytest

from motesplats.followup.handling_times.quarters import (
    Quarter,
    open_mondays,
    quarter_of,
    week_name,
)
from motesplats.followup.handling_times.shares import Shares, charts_of, shares_of


def test_the_band_in_the_middle_is_the_rest_up_to_a_hundred():
    assert Shares(62, 3).all == (62, 35, 3)
    assert Shares(43, 19).all == (43, 38, 19)
    found = shares_of((1, 1, 1))
    assert found
    assert found.all == (33, 34, 33)


def test_halves_are_rounded_up_and_the_middle_is_never_less_than_nothing():
    found = shares_of((125, 0, 875))
    assert found
    assert found.all == (13, 0, 87)


@pytest.mark.parametrize("counts", [(0, 0, 0), (None, 5, 7), (9, 9, None)])
def test_of_nothing_or_of_hidden_counts_there_are_no_shares(counts):
    assert shares_of(counts) is None


def test_the_picture_is_as_wide_as_its_bands():
    wide, narrow = charts_of([("Four", Shares(62, 3)), ("All", Shares(43, 19))])
    assert (wide.kind, narrow.kind, wide.height) == ("only-wide", "only-narrow", 146)
    first, middle, last = wide.rows[0].bands
    assert (first.x, first.width, first.is_inside) == ("0.5", "350.9", True)
    assert middle.percent == 35
    assert (last.width, last.is_inside) == ("17.0", False)
    assert wide.rows[1].bar_y == 86


@pytest.mark.parametrize(
    ("monday", "quarter"),
    [
        (date(2026, 12, 28), Quarter(2026, 4)),
        (date(2024, 12, 30), Quarter(2025, 1)),
        (date(2026, 3, 30), Quarter(2026, 2)),
        (date(2026, 9, 28), Quarter(2026, 4)),
    ],
)
def test_a_week_belongs_to_the_quarter_of_its_thursday(monday, quarter):
    assert quarter_of(monday) == quarter


def test_a_quarter_is_told_four_weeks_after_its_end():
    assert Quarter(2026, 3).told_on == date(2026, 10, 29)
    assert Quarter(2026, 4).ends == date(2027, 1, 1)


def test_weeks_may_be_typed_from_their_end_until_their_quarter_is_told():
    found = open_mondays(date(2026, 11, 23))
    assert (week_name(found[0]), week_name(found[-1])) == ("2026-W47", "2026-W40")
    assert open_mondays(date(2026, 10, 28))[-1] == date(2026, 6, 29)
