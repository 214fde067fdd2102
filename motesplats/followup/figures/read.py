"""Published figures of a period: a year's are those of the year, and others the sums of months that are all told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from motesplats.followup.collect import Sums
from motesplats.followup.figures.period import Period
from motesplats.followup.measures import MEASURES, value_of
from motesplats.models import PublishedFigure

Part = tuple[str, str]
WHOLE: Part = ("", "")
PublishedKey = tuple[str, int | None, int, int | None, str, str]
KEY = ("measure", "site", "year", "month", "dimension", "key")
NUMBERS = ("amount", "over", "people", "spread", "is_reported", "is_hidden")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, or that it is hidden, or neither: nothing has been reported. A share is a part of 1."""

    value: Decimal | None = None
    people: int | None = None
    is_hidden: bool = False
    is_reported: bool = False

    @property
    def source(self) -> str:
        return "reported" if self.is_reported else "counted"


NOTHING, HIDDEN = Figure(), Figure(is_hidden=True)


@dataclass(frozen=True, slots=True)
class KnownSums:
    """What a figure of a site and a month, or a year, is worked out of."""

    sums: Sums
    is_hidden: bool


class Figures:
    """Figures of a period, in two queries: of one site with the country beside it, or of the country and each site."""

    def __init__(
        self,
        period: Period,
        *,
        site: int | None = None,
        measures: Collection[str] | None = None,
        dimensions: Iterable[str] = (),
        monthly: Collection[str] = (),
        narrow: Collection[str] | None = None,
    ) -> None:
        """`monthly`: the measures that are asked of single months of each site, too.

        `narrow`: the only dimensions that are asked of single months, and of sites beside the country.
        """
        self.period = period
        self._months_known = _months_told(period.years)
        rows = PublishedFigure.objects.filter(year__in=period.years, dimension__in=["", *dimensions])
        if measures is not None:
            rows = rows.filter(measure__in=measures)
        if site is not None:
            rows = rows.filter(Q(site=site) | Q(site=None))
        if all(self._is_whole(year) for year in period.years):
            if site is None:
                of_sites = Q(month=None) | Q(measure__in=monthly, dimension="")
                rows = rows.filter(Q(site=None) | of_sites)
            if narrow is not None:
                of_years = Q(month=None) & (Q(site=site) | Q(site=None))
                rows = rows.filter(of_years | Q(dimension__in=["", *narrow]))
        self._rows: dict[PublishedKey, KnownSums] = {
            row[: len(KEY)]: _known(*row[len(KEY) :]) for row in rows.values_list(*KEY, *NUMBERS)
        }

    def whole(self, measure: str, *, site: int | None = None, part: Part = WHOLE) -> Figure:
        """Of the whole period."""
        return _figure(
            measure, [row for year in self.period.years for row in self._of(year, measure, site, part)]
        )

    def of_year(self, measure: str, year: int, *, site: int | None = None, part: Part = WHOLE) -> Figure:
        """Of the months of the year that are in the period."""
        return _figure(measure, self._of(year, measure, site, part))

    def of_month(self, measure: str, month: date, *, site: int | None = None, part: Part = WHOLE) -> Figure:
        """Of one month (its first day)."""
        return _figure(measure, [self._rows.get((measure, site, month.year, month.month, *part))])

    def parts(self, measure: str, dimension: str) -> list[str]:
        """The parts of the dimension of which anything is published, in order."""
        return sorted(
            {key for code, *_place, divided, key in self._rows if (code, divided) == (measure, dimension)}
        )

    def _of(self, year: int, measure: str, site: int | None, part: Part) -> list[KnownSums | None]:
        return [self._rows.get((measure, site, year, month, *part)) for month in self._months_of(year, site)]

    def _months_of(self, year: int, site: int | None) -> list[int | None]:
        """None for the year's own row where the period has all of the year, else its months."""
        return [None] if self._is_whole(year) else [*self._months(year)]

    def _is_whole(self, year: int) -> bool:
        return self._months_known.get(year, set()) <= set(self._months(year))

    def _months(self, year: int) -> list[int]:
        return [month.month for month in self.period.months if month.year == year]


def _known(
    amount: Decimal | None,
    over: Decimal | None,
    people: int | None,
    spread: dict[str, int],
    is_reported: bool,
    is_hidden: bool,
) -> KnownSums:
    """What a row tells; without the model, whose making takes most of the time."""
    numbers = amount or Decimal(0), over or Decimal(0), people or 0
    return KnownSums(Sums(*numbers, spread, is_reported), is_hidden)


def _months_told(years: Collection[int]) -> dict[int, set[int]]:
    """The months of each year of which anything is published."""
    found: dict[int, set[int]] = {}
    rows = PublishedFigure.objects.filter(
        year__in=years, site=None, measure="participants", dimension="", month__isnull=False
    )
    for year, month in rows.values_list("year", "month"):
        assert month
        found.setdefault(year, set()).add(month)
    return found


def _figure(measure: str, rows: Iterable[KnownSums | None]) -> Figure:
    found = [row for row in rows if row]
    if not found:
        return NOTHING
    if any(row.is_hidden for row in found):
        return HIDDEN
    sums = Sums()
    for row in found:
        sums.add(row.sums)
    value = value_of(MEASURES[measure], amount=sums.amount, over=sums.over, spread=sums.spread)
    return Figure(value, sums.people, is_reported=sums.is_reported)
