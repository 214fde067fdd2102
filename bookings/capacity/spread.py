"""Months of expected people spread over weeks of parties. Pure.

The assumption: a month's newcomers come evenly over its working days (Monday to Friday, no public holiday), and a
party has as many people as the parties of the past year had.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Expected:
    """How many are expected: at least, likely and at most; people or parties, whole or in parts."""

    lowest: float
    likely: float
    highest: float

    def __add__(self, other: "Expected") -> "Expected":
        return Expected(self.lowest + other.lowest, self.likely + other.likely, self.highest + other.highest)

    def times(self, factor: float) -> "Expected":
        return Expected(self.lowest * factor, self.likely * factor, self.highest * factor)


NOBODY = Expected(0, 0, 0)


def in_week(
    monday: date, months: Mapping[date, Expected], *, holidays: Collection[date] = ()
) -> Expected | None:
    """The week's share of its months, which are named by their first day; None if nothing is said of any of them."""
    parts = [
        months[first].times(1 / len(working_days(first, holidays)))
        for day in week_days(monday, holidays)
        if (first := day.replace(day=1)) in months
    ]
    return sum(parts, NOBODY) if parts else None


def working_days(first: date, holidays: Collection[date]) -> list[date]:
    """The working days of the month that begins so; of a month without any, all its days."""
    days = list(_month(first))
    return [day for day in days if _is_working(day, holidays)] or days


def week_days(monday: date, holidays: Collection[date]) -> list[date]:
    """The working days of the week."""
    days = (monday + timedelta(days=n) for n in range(WORKING_DAYS))
    return [day for day in days if _is_working(day, holidays)]


def months_from(first: date, number: int) -> list[date]:
    """So many months from this one on, each by its first day."""
    found = [first.replace(day=1)]
    while len(found) < number:
        found.append((found[-1] + timedelta(days=31)).replace(day=1))
    return found


def _is_working(day: date, holidays: Collection[date]) -> bool:
    return day.isoweekday() <= WORKING_DAYS and day not in holidays


def _month(first: date) -> Iterator[date]:
    day = first
    while day.month == first.month:
        yield day
        day += timedelta(days=1)
