"""A series' numbers by year, as its page shows them; the last that was written of each period counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motesplats.models import Series, SeriesValue


@dataclass(frozen=True, slots=True)
class SeriesYear:
    """The country's numbers of a year: the whole year's, and those of its months, by month."""

    year: int
    whole: SeriesValue | None
    months: Mapping[int, SeriesValue]

    @property
    def sum(self) -> int:
        """Of the months that are written."""
        return sum(row.value for row in self.months.values())

    @property
    def source(self) -> str:
        """Whose numbers these are: the whole year's, else the last month's."""
        last = self.whole or self.months[max(self.months)]
        return last.source

    @property
    def by_month(self) -> list[tuple[int, SeriesValue | None]]:
        return [(month, self.months.get(month)) for month in range(1, 13)]


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """A series with its years, the last first."""

    series: Series
    years: Sequence[SeriesYear]


def current(rows: Iterable[SeriesValue]) -> list[SeriesValue]:
    """The row that was written last of each series, site and period, in order of the periods."""
    last = {
        (row.series_id, row.site_id, row.year, row.month): row for row in sorted(rows, key=lambda row: row.pk)
    }
    return sorted(last.values(), key=lambda row: (row.series_id, row.site_id or 0, row.year, row.month or 0))


def table_of(series: Series, rows: Iterable[SeriesValue]) -> SeriesTable:
    """The country's years of the series among the rows."""
    years: dict[int, dict[int | None, SeriesValue]] = {}
    for row in current(row for row in rows if row.series_id == series.pk and row.site_id is None):
        years.setdefault(row.year, {})[row.month] = row
    return SeriesTable(series, [_year(year, years[year]) for year in sorted(years, reverse=True)])


def _year(year: int, numbers: dict[int | None, SeriesValue]) -> SeriesYear:
    months = {month: row for month, row in numbers.items() if month is not None}
    return SeriesYear(year, numbers.get(None), months)
