"""Moments and Stockholm's time on the days on which the clock changes; ages in whole years."""

from datetime import date, datetime, time, timedelta

import pytest

from agencies.clock import STOCKHOLM, UTC, age_on, at_wall_clock, local

CLOCKS_FORWARD, CLOCKS_BACK = date(2027, 3, 28), date(2027, 10, 31)


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2027, 3, 27), 7), (CLOCKS_FORWARD, 6), (date(2027, 10, 30), 6), (CLOCKS_BACK, 7)],
)
def test_a_time_of_day_is_the_same_before_and_after_the_clock_changes(day, utc_hour):
    moment = at_wall_clock(day, time(8, 30))
    assert moment == datetime(day.year, day.month, day.day, utc_hour, 30, tzinfo=UTC)
    assert local(moment).time() == time(8, 30)


@pytest.mark.parametrize(("day", "hours"), [(CLOCKS_FORWARD, 5), (date(2027, 6, 1), 6), (CLOCKS_BACK, 7)])
def test_six_hours_of_the_night_last_five_or_seven_when_the_clock_changes(day, hours):
    lasted = at_wall_clock(day, time(6)) - at_wall_clock(day, time(0))
    assert lasted == timedelta(hours=hours)


def test_local_is_the_same_moment_in_stockholms_time_zone():
    moment = datetime(2027, 1, 15, 12, tzinfo=UTC)
    assert local(moment) == moment
    assert local(moment).utcoffset() == timedelta(hours=1)
    assert local(moment).tzinfo is STOCKHOLM


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        (date(2009, 5, 4), date(2027, 5, 3), 17),
        (date(2009, 5, 4), date(2027, 5, 4), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2027, 5, 4), date(2027, 5, 4), 0),
    ],
)
def test_ages_are_whole_years(birth, day, age):
    assert age_on(birth, day) == age
