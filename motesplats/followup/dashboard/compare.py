"""Participants beside the series with which they are compared, and beside the goal; months that both know of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.overlap import Overlap, overlap_of
from motesplats.followup.dashboard.tables import TableCell
from motesplats.followup.figures.read import WHOLE
from motesplats.followup.goals.attainment import (
    Attainment,
    DaysCompared,
    Denominator,
    attainment_of,
    margin,
    persons_for,
)
from motesplats.followup.goals.queries import GoalsInForce, goals_in_force, values_by_site
from motesplats.models import Goal, Series, SeriesValue

ALWAYS = DaysCompared(date.min, date.max)


@dataclass(frozen=True, slots=True)
class SeriesComparison:
    """A series by year, site (None: the country) and month (None: the year), and the goals that hold at the end."""

    series: Series
    goals: GoalsInForce
    numbers: Mapping[int, Mapping[int | None, Mapping[int | None, SeriesValue]]]

    def of_month(self, month: date, site: int | None) -> SeriesValue | None:
        """The series' number of the month, of the site with this key or the country."""
        return self.numbers.get(month.year, {}).get(site, {}).get(month.month)

    def goal(self, site: int | None) -> Goal | None:
        """What holds at the site or in the country, if it is a share of this series or a number of persons."""
        goal = self.goals.of(site)
        return goal if goal and (goal.persons or goal.series_id == self.series.pk) else None

    def persons(self, site: int | None, number: int) -> int | None:
        """How many the goal asks for where the series has this number; None where it is no share of it."""
        goal = self.goal(site)
        if goal is None or goal.percent is None:
            return None
        return persons_for(goal.percent, Denominator(self.series.name, number, ALWAYS))


def comparison_of(look: Look) -> SeriesComparison | None:
    """The chosen series over the years of the period; none for a part, which it does not know. Two queries."""
    if look.series is None or look.part != WHOLE:
        return None
    numbers = values_by_site(look.series.code, look.period.years)
    return SeriesComparison(look.series, goals_in_force(on=look.period.last), numbers)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many came in the months of which the series has a number, out of it; `goal`: persons, if there is one."""

    attainment: Attainment
    first: date
    last: date
    goal: int | None
    percent: int | None
    value: SeriesValue

    @property
    def margin(self) -> int | None:
        """How many persons more, or with a minus fewer, than the goal asks for."""
        return None if self.percent is None else margin(self.attainment, self.percent)

    @property
    def lacking(self) -> int:
        return -(self.margin or 0)

    @property
    def people(self) -> TableCell:
        return TableCell(Decimal(self.attainment.participants or 0))

    @property
    def of(self) -> TableCell:
        whole = self.attainment.denominator
        return TableCell(Decimal(whole.value if whole else 0), is_approximate=self.attainment.is_approximate)

    @property
    def share(self) -> TableCell:
        """In per cent, strong where the goal is reached."""
        share, over = self.attainment.share, self.margin
        is_strong = over is not None and over >= 0
        return TableCell() if share is None else TableCell(100 * share, unit="%", is_strong=is_strong)

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


def overlap_at(look: Look, comparison: SeriesComparison, site: int | None) -> Overlap:
    """The months that both know of the site with this key, or the country."""
    return overlap_of(
        look.period.months,
        lambda month: look.figures.of_month("participants", month, site=site),
        lambda month: comparison.of_month(month, site),
    )


def reached(comparison: SeriesComparison, both: Overlap, site: int | None) -> Reached | None:
    """How many came in the months of both; None where there are none."""
    if not both.months:
        return None
    first, last = both.months[0][0], both.months[-1][0]
    name, period = comparison.series.name, DaysCompared(first, last)
    denominator = Denominator(name, both.whole, period, both.is_approximate)
    attainment = attainment_of(participants=both.people, period=period, denominator=denominator)
    goal = comparison.goal(site)
    return Reached(
        attainment,
        first,
        last,
        comparison.persons(site, both.whole),
        goal.percent if goal else None,
        both.months[-1][2],
    )
