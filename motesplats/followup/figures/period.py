"""A period of whole months; without the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 2016, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """The months from `first` to `last`, each as its first day, both included."""

    first: date
    last: date

    @property
    def months(self) -> list[date]:
        """Each month's first day."""
        return list(self._months())

    def _months(self) -> Iterator[date]:
        month = self.first
        while month <= self.last:
            yield month
            month = next_month(month)

    @property
    def years(self) -> list[int]:
        return list(range(self.first.year, self.last.year + 1))


def next_month(month: date) -> date:
    """The first day of the month after this one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def year_to(today: date) -> Period:
    """The year until the month of the day."""
    return Period(date(today.year, 1, 1), today.replace(day=1))


def month_of(text: str) -> date:
    """The month of "2026-11", or of a day in it, "2026-11-24". Raises ValueError, also for years that cannot be."""
    month = date.fromisoformat(text if text.count("-") > 1 else f"{text}-01").replace(day=1)
    if not FIRST_YEAR <= month.year <= LAST_YEAR:
        raise ValueError("There are no figures of that year.")
    return month
