"""Months of expected people in weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.capacity.spread import Expected, in_week, months_from, week_days, working_days

JANUARY, FEBRUARY = date(2027, 1, 1), date(2027, 2, 1)
NEW_YEAR, EPIPHANY = date(2027, 1, 1), date(2027, 1, 6)


def test_a_month_comes_evenly_over_its_working_days():
    months = {JANUARY: Expected(19, 38, 57)}
    found = in_week(date(2027, 1, 11), months, holidays={NEW_YEAR, EPIPHANY})
    assert found == Expected(5, 10, 15)
    with_holiday = in_week(date(2027, 1, 4), months, holidays={NEW_YEAR, EPIPHANY})
    assert with_holiday == Expected(4, 8, 12)


def test_a_week_over_a_months_end_has_a_part_of_each():
    last = date(2027, 3, 29)
    months = {date(2027, 3, 1): Expected(23, 23, 23), date(2027, 4, 1): Expected(44, 44, 44)}
    found = in_week(last, months)
    assert found
    assert found.likely == pytest.approx(3 * 1 + 2 * 2)


def test_of_a_week_of_which_nobody_has_spoken_nothing_is_known():
    assert in_week(date(2027, 2, 8), {JANUARY: Expected(1, 1, 1)}) is None


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 500))
def test_the_weeks_of_a_month_add_up_to_the_month(day, people):
    first = day.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    weeks = (in_week(monday + n * timedelta(days=7), {first: Expected(0, people, people)}) for n in range(6))
    assert sum(week.likely for week in weeks if week) == pytest.approx(people)


def test_a_month_without_a_working_day_uses_all_its_days():
    days = {date(2027, 2, n) for n in range(1, 29)}
    assert len(working_days(FEBRUARY, days)) == 28
    assert week_days(date(2027, 2, 8), days) == []


def test_months_follow_each_other_over_the_year():
    assert months_from(date(2026, 11, 30), 3) == [date(2026, 11, 1), date(2026, 12, 1), JANUARY]
