"""Tertials: four months each, and when their report is due; without the database."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 2016, 2100
SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class TertialPeriod:
    """A tertial of a year: 1 is January to April, 2 May to August, 3 September to December."""

    year: int
    tertial: int

    @property
    def first(self) -> date:
        return date(self.year, 4 * self.tertial - 3, 1)

    @property
    def last(self) -> date:
        return self.next().first - ONE_DAY

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        return [date(self.year, month, 1) for month in range(4 * self.tertial - 3, 4 * self.tertial + 1)]

    def next(self) -> "TertialPeriod":
        return (
            TertialPeriod(self.year + 1, 1)
            if self.tertial == 3
            else TertialPeriod(self.year, self.tertial + 1)
        )

    def previous(self) -> "TertialPeriod":
        return (
            TertialPeriod(self.year - 1, 3)
            if self.tertial == 1
            else TertialPeriod(self.year, self.tertial - 1)
        )

    def due(self, days: int, holidays: Collection[date]) -> date:
        """The last day on which its report is in time: so many days after its end, or the next working day."""
        day = self.last + days * ONE_DAY
        while day.weekday() >= SATURDAY or day in holidays:
            day += ONE_DAY
        return day


def period_of(day: date) -> TertialPeriod:
    """The tertial in which the day lies."""
    return TertialPeriod(day.year, (day.month + 3) // 4)


def last_periods(day: date, number: int) -> Iterator[TertialPeriod]:
    """The tertial of the day, and those before it."""
    period = period_of(day)
    for _ in range(number):
        yield period
        period = period.previous()
