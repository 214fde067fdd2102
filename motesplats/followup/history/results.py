"""The results by year as the final report prints them, made of imported figures; without the database."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motesplats.followup.goals.attainment import Attainment, DaysCompared, Denominator, attainment_of
from motesplats.followup.printed_words import MONTHS, SPAN
from motesplats.models import ImportedFigure

PARTICIPANTS = "participants at mötesplatser"
TOTAL = "participants total"
PERMITS = "permits granted, first instance, excl. family reunification"
SHARES = {
    "women": "share women of participants",
    "men": "share men of participants",
    "children": "share children 0-17 of participants",
    "over_65": "share over 65 of participants",
}
YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class YearOfResults:
    """A year's row: each figure as imported, or None where the report has none ("uppgift saknas")."""

    year: int
    period: DaysCompared
    participants: ImportedFigure
    permits: ImportedFigure | None
    women: ImportedFigure | None
    men: ImportedFigure | None
    children: ImportedFigure | None
    over_65: ImportedFigure | None
    attainment: Attainment

    @property
    def is_whole(self) -> bool:
        """Whether the participants are of the whole year, as the permits are."""
        return self.period == whole(self.year)


@dataclass(frozen=True, slots=True)
class YearlyResults:
    """The years, the printed total, and the sum of the years."""

    years: list[YearOfResults]
    total: ImportedFigure | None

    @property
    def sum(self) -> Decimal:
        return sum((year.participants.number or Decimal(0) for year in self.years), Decimal(0))


def results_of(figures: Iterable[ImportedFigure]) -> YearlyResults:
    """The years for which participants were imported, in order."""
    found: dict[tuple[str, str], ImportedFigure] = {}
    for figure in figures:
        found.setdefault((figure.name, figure.period), figure)
    years = sorted(period for name, period in found if name == PARTICIPANTS and YEAR.fullmatch(period))
    total = next((figure for (name, _period), figure in found.items() if name == TOTAL), None)
    return YearlyResults([_year(int(year), found) for year in years], total)


def _year(year: int, found: dict[tuple[str, str], ImportedFigure]) -> YearOfResults:
    participants, permits = found[PARTICIPANTS, str(year)], found.get((PERMITS, str(year)))
    period = period_of(year, participants.scope)
    number = participants.number
    return YearOfResults(
        year=year,
        period=period,
        participants=participants,
        permits=permits,
        **{field: found.get((name, str(year))) for field, name in SHARES.items()},
        attainment=attainment_of(
            participants=None if number is None else int(number),
            period=period,
            denominator=_denominator(year, permits),
        ),
    )


def _denominator(year: int, permits: ImportedFigure | None) -> Denominator | None:
    if permits is None or permits.number is None:
        return None
    return Denominator(permits.name, int(permits.number), whole(year), permits.is_approximate)


def whole(year: int) -> DaysCompared:
    """The year from its first to its last day."""
    return DaysCompared(date(year, 1, 1), date(year, 12, 31))


def period_of(year: int, scope: str) -> DaysCompared:
    """The days of the year that the scope names, the whole year if it names none."""
    found = SPAN.search(scope)
    if not found or not {found["month"], found["until"]} <= set(MONTHS):
        return whole(year)
    return DaysCompared(_day(year, found["month"], found["day"]), _day(year, found["until"], found["last"]))


def _day(year: int, month: str, day: str) -> date:
    number = MONTHS.index(month) + 1
    return date(year, number, min(max(int(day), 1), monthrange(year, number)[1]))
