"""Forecasts against what came."""

from datetime import date

from bookings.capacity.outcome import SaidForecast, latest, past_months
from bookings.capacity.pages import months_before, within
from bookings.capacity.spread import Expected

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def said(day, likely, municipality=1, month=OCTOBER):
    return SaidForecast(municipality, month, day, Expected(likely - 5, likely, likely + 5))


def test_a_later_word_replaces_an_earlier_one():
    rows = [said(date(2026, 9, 2), 20), said(date(2026, 8, 1), 10)]
    assert latest(rows)[1, OCTOBER].expected.likely == 20
    assert latest(rows, before=date(2026, 8, 31))[1, OCTOBER].expected.likely == 10


def test_a_month_is_held_against_what_was_said_before_it_began():
    rows = [said(date(2026, 8, 1), 20), said(date(2026, 10, 20), 40), said(date(2026, 9, 1), 10, 2)]
    found = past_months([OCTOBER, NOVEMBER], rows, {OCTOBER: 44, NOVEMBER: 3})
    assert found[0].expected == Expected(20, 30, 40)
    assert (found[0].difference, found[0].is_within, found[0].error) == (14, False, 47)
    assert (found[1].expected, found[1].difference, found[1].is_within) == (None, None, None)


def test_of_a_hidden_month_nothing_is_told():
    one = past_months([OCTOBER], [said(date(2026, 8, 1), 20)], {OCTOBER: None})[0]
    assert (one.came, one.difference, one.is_within, one.error) == (None, None, None, None)


def test_the_mean_error_counts_the_months_that_can_be_judged():
    rows = [said(date(2026, 8, 1), 20), said(date(2026, 8, 1), 10, month=NOVEMBER)]
    assert within(past_months([OCTOBER, NOVEMBER], rows, {OCTOBER: 22, NOVEMBER: 20})) == (1, 2, 55)
    assert within([]) == (0, 0, None)


def test_six_months_before_january_lie_in_the_year_before():
    assert months_before(date(2027, 1, 31), 2) == [NOVEMBER, date(2026, 12, 1)]
