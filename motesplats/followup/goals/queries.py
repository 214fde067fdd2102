"""Reads of goals and series: what holds on a day, a series' numbers, and the denominator of a period."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from agencies.models import Site
from motesplats.followup.goals.attainment import DaysCompared, Denominator
from motesplats.models import Goal, Series, SeriesValue

Numbers = Mapping[int | None, SeriesValue]  # by month; None: the year


def goals() -> QuerySet[Goal]:
    """All goals, the country's first, the latest of each first."""
    return Goal.objects.select_related("site", "series", "set_by")


@dataclass(frozen=True, slots=True)
class GoalsInForce:
    """What holds on a day, by a site's key; None: the country."""

    goals: Mapping[int | None, Goal]

    def of(self, site: int | None) -> Goal | None:
        """A site without its own goal has the country's if that is a share; a number of persons is not a site's."""
        own, country = self.goals.get(site), self.goals.get(None)
        return own or (country if country and country.percent is not None else None)


def goals_in_force(*, on: date) -> GoalsInForce:
    """The goals that hold on the day; one query."""
    found = goals().filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    return GoalsInForce({goal.site_id: goal for goal in reversed(list(found))})


def goal_for(site: Site | None, *, on: date) -> Goal | None:
    """What holds on the day at the site, or with None in the country."""
    return goals_in_force(on=on).of(site.pk if site else None)


def default_series() -> Series | None:
    """The series that participants are compared with unless another is chosen."""
    return Series.objects.filter(is_default=True).first()


def series_values(code: str, year: int, *, site: Site | None = None) -> Numbers:
    """The numbers of a year that were written last, by month and, under None, of the whole year; one query."""
    found = SeriesValue.objects.filter(series__code=code, year=year, site=site).order_by("pk")
    return {row.month: row for row in found}


def values_by_site(code: str, years: Collection[int]) -> Mapping[int, Mapping[int | None, Numbers]]:
    """The same of each year, by a site's key, and under None of the country; one query."""
    numbers: dict[int, dict[int | None, dict[int | None, SeriesValue]]] = {year: {} for year in years}
    for row in SeriesValue.objects.filter(series__code=code, year__in=years).order_by("pk"):
        numbers[row.year].setdefault(row.site_id, {})[row.month] = row
    return numbers


def denominator_of(series: Series, numbers: Numbers, *, first: date, last: date) -> Denominator | None:
    """What the series says of the months from first to last, of one year; without a query.

    The months' numbers if all are there, else the year's with the year as its period; None if nothing is known, and
    of more than a year.
    """
    if first.year != last.year:
        return None
    months = [numbers.get(month) for month in range(first.month, last.month + 1)]
    known = [row for row in months if row]
    if known and len(known) == len(months) and DaysCompared(first, last) == _months(first, last):
        return _sum_of(series, known, DaysCompared(first, last))
    if whole := numbers.get(None):
        return _sum_of(series, [whole], DaysCompared(date(first.year, 1, 1), date(first.year, 12, 31)))
    return None


def denominator_for(
    series: Series, *, first: date, last: date, site: Site | None = None
) -> Denominator | None:
    """The same, looked up; one query."""
    return denominator_of(series, series_values(series.code, first.year, site=site), first=first, last=last)


def _months(first: date, last: date) -> DaysCompared:
    """The period, widened to whole months."""
    end = monthrange(last.year, last.month)[1]
    return DaysCompared(first.replace(day=1), last.replace(day=end))


def _sum_of(series: Series, rows: Iterable[SeriesValue], period: DaysCompared) -> Denominator:
    found = list(rows)
    return Denominator(
        name=series.name,
        value=sum(row.value for row in found),
        period=period,
        is_approximate=any(row.is_approximate for row in found),
    )
