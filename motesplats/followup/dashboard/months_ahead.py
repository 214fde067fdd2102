"""Capacity and expected newcomers by month, also of months ahead; they tell of no person, so nothing is hidden."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from motesplats.followup.ahead import months_ahead
from motesplats.followup.figures.period import Period
from motesplats.models import PublishedFigure

FIELDS = {"capacity_hours": "hours", "inflow_persons": "expected"}


@dataclass(frozen=True, slots=True)
class Capacity:
    """Hours on shift, and how many persons the municipalities expect; None: nothing is known."""

    hours: Decimal | None = None
    expected: Decimal | None = None


def months_shown(period: Period, today: date) -> Period:
    """The period; one that ends with the running month also has those ahead."""
    is_running = period.last >= today.replace(day=1)
    return Period(period.first, months_ahead(today)[-1]) if is_running else period


def capacity_by_month(
    period: Period, places: Collection[int | None]
) -> Mapping[int | None, Mapping[date, Capacity]]:
    """By a site's key, None: the country, and by month (its first day); one query."""
    rows = PublishedFigure.objects.filter(
        Q(site__in=[place for place in places if place is not None]) | Q(site=None),
        measure__in=FIELDS,
        dimension="",
        year__in=period.years,
        month__isnull=False,
    )
    found: dict[int | None, dict[date, dict[str, Decimal | None]]] = {place: {} for place in places}
    for place, year, month, measure, amount in rows.values_list("site", "year", "month", "measure", "amount"):
        day = date(year, month or 1, 1)
        if place in found and period.first <= day <= period.last:
            found[place].setdefault(day, {})[FIELDS[measure]] = amount
    return {
        place: {month: Capacity(**numbers) for month, numbers in months.items()}
        for place, months in found.items()
    }
