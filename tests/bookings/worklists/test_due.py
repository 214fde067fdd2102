"""A call is made in the next such part of a weekday."""

from datetime import date, datetime

import pytest

from agencies.clock import STOCKHOLM
from bookings.worklists.due import call_by


def moment(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("given_at", "period", "by"),
    [
        (moment(23, 9), "morning", moment(23, 12)),
        (moment(23, 13), "morning", moment(24, 12)),
        (moment(23, 13), "afternoon", moment(23, 16)),
        (moment(23, 13), "", moment(23, 16)),
        (moment(27, 17), "", moment(30, 16)),
        (moment(28, 9), "morning", moment(30, 12)),
    ],
)
def test_the_weekend_has_no_calls(given_at, period, by):
    assert call_by(given_at, period=period) == by


def test_nobody_is_called_on_a_holiday():
    holidays = {date(2026, 12, day) for day in (24, 25, 26)}
    given_at = datetime(2026, 12, 23, 17, tzinfo=STOCKHOLM)
    due = call_by(given_at, period="morning", holidays=holidays)
    assert due == datetime(2026, 12, 28, 12, tzinfo=STOCKHOLM)
