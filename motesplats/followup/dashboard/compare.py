"""Participants beside the series with which they are compared, and beside the goal; months that both know of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agencies.models import Site
from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.tables import TableCell
from motesplats.followup.figures.read import Figure
from motesplats.followup.goals.attainment import (
    Attainment,
    DaysCompared,
    Denominator,
    attainment_of,
    margin,
    persons_for,
)
from motesplats.followup.goals.queries import goal_for, values_by_site
from motesplats.models import Goal, Series, SeriesValue


@dataclass(frozen=True, slots=True)
class SeriesComparison:
    """A series by year, site (None: the country) and month (None: the year), and the goal that holds at the end."""

    series: Series
    goal: Goal | None
    numbers: Mapping[int, Mapping[int | None, Mapping[int | None, SeriesValue]]]

    def of_month(self, month: date, site: Site | None = None) -> SeriesValue | None:
        """The series' number of the month."""
        return self.numbers.get(month.year, {}).get(site.pk if site else None, {}).get(month.month)

    def goal_of(self, number: int) -> int | None:
        """How many persons the goal asks for, of a number of the series; None where it is no share of it."""
        if self.goal is None or self.goal.percent is None or self.goal.series_id != self.series.pk:
            return None
        return persons_for(self.goal.percent, Denominator(self.series.name, number, ALWAYS))


ALWAYS = DaysCompared(date.min, date.max)


def compare(look: Look, series: Series) -> SeriesComparison:
    """The series over the years of the period."""
    numbers = {year: values_by_site(series.code, year) for year in look.period.years}
    return SeriesComparison(series, goal_for(look.site, on=look.period.last), numbers)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many came in the months of which the series has a number, out of it; `goal`: persons, if there is one."""

    attainment: Attainment
    first: date
    last: date
    goal: int | None
    margin: int | None
    value: SeriesValue

    @property
    def lacking(self) -> int:
        return -(self.margin or 0)

    @property
    def people(self) -> TableCell:
        return TableCell(Decimal(self.attainment.participants or 0))

    @property
    def of(self) -> TableCell:
        return TableCell(Decimal(self.attainment.denominator.value if self.attainment.denominator else 0))

    def share_of(self, number: int) -> float:
        """The number as a part of the picture's width, which is the larger of people and denominator."""
        whole = max(self.of.rounded, self.people.rounded, Decimal(self.goal or 0))
        return round(100 * number / float(whole), 2) if whole else 0.0

    @property
    def people_width(self) -> float:
        return self.share_of(self.attainment.participants or 0)

    @property
    def goal_place(self) -> float | None:
        return None if self.goal is None else self.share_of(self.goal)


def reached(look: Look, comparison: SeriesComparison) -> Reached | None:
    """Of the months that both know of; None where there are none, or a month is hidden."""
    both = _months_of_both(look, comparison)
    if not both:
        return None
    people = sum(int(figure.value or 0) for _month, figure, _value in both)
    whole = sum(value.value for _month, _figure, value in both)
    first, last = both[0][0], both[-1][0]
    denominator = Denominator(
        comparison.series.name,
        whole,
        DaysCompared(first, last),
        any(value.is_approximate for _month, _figure, value in both),
    )
    attainment = attainment_of(participants=people, period=DaysCompared(first, last), denominator=denominator)
    goal = comparison.goal_of(whole)
    percent = comparison.goal.percent if comparison.goal and goal is not None else None
    over = None if percent is None else margin(attainment, percent)
    return Reached(attainment, first, last, goal, over, both[-1][2])


def _months_of_both(look: Look, comparison: SeriesComparison) -> Sequence[tuple[date, Figure, SeriesValue]]:
    found = []
    for month in look.period.months:
        figure, value = look.of_month("participants", month), comparison.of_month(month, look.site)
        if figure.is_hidden:
            return []
        if figure.value is not None and value:
            found.append((month, figure, value))
    return found
