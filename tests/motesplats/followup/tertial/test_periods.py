"""Three tertials a year, and the working day on which each report is due."""

from datetime import date

import pytest

from motesplats.followup.tertial.periods import TertialPeriod, last_periods, period_of


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 1, 1), TertialPeriod(2026, 1)),
        (date(2026, 4, 30), TertialPeriod(2026, 1)),
        (date(2026, 5, 1), TertialPeriod(2026, 2)),
        (date(2026, 12, 31), TertialPeriod(2026, 3)),
    ],
)
def test_every_day_is_of_one_tertial(day, period):
    assert period_of(day) == period
    assert period.first <= day <= period.last


def test_a_tertial_has_four_months():
    assert [month.month for month in TertialPeriod(2026, 3).months] == [9, 10, 11, 12]
    assert (TertialPeriod(2026, 3).last, TertialPeriod(2028, 1).last) == (
        date(2026, 12, 31),
        date(2028, 4, 30),
    )


def test_one_follows_the_other():
    assert TertialPeriod(2026, 3).next() == TertialPeriod(2027, 1)
    assert TertialPeriod(2026, 1).previous() == TertialPeriod(2025, 3)
    assert list(last_periods(date(2026, 2, 1), 2)) == [TertialPeriod(2026, 1), TertialPeriod(2025, 3)]


def test_it_is_due_so_many_days_after_its_end_or_on_the_next_working_day():
    assert TertialPeriod(2026, 3).due(15, set()) == date(2027, 1, 15)
    assert TertialPeriod(2027, 1).due(15, set()) == date(2027, 5, 17)  # the fifteenth is a Saturday
    assert TertialPeriod(2027, 1).due(15, {date(2027, 5, 17)}) == date(2027, 5, 18)
    assert TertialPeriod(2026, 3).due(30, set()) == date(2027, 2, 1)  # the thirtieth is a Saturday
