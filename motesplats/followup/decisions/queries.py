"""Reads of decisions and visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from motesplats.models import SiteVisit, SteeringDecision

DONE_SHOWN = 100  # the latest; the rest stays in the database


@dataclass(frozen=True, slots=True)
class DecisionLists:
    """The decisions that are overdue, the others that are open, and the latest that are done."""

    overdue: Sequence[SteeringDecision]
    open: Sequence[SteeringDecision]
    done: Sequence[SteeringDecision]


def decision_lists(*, today: date) -> DecisionLists:
    """All open decisions, those due longest first; two queries."""
    rows = list(SteeringDecision.objects.filter(done_on=None))
    overdue = [row for row in rows if row.due and row.due < today]
    done = SteeringDecision.objects.filter(done_on__isnull=False).order_by("-done_on", "-pk")
    return DecisionLists(overdue, [row for row in rows if row not in overdue], list(done[:DONE_SHOWN]))


def visits_of(year: int) -> QuerySet[SiteVisit]:
    """The visits of a year, the latest first."""
    return SiteVisit.objects.filter(date__year=year).select_related("site")


def years_with_visits() -> list[int]:
    """The years that have one, the latest first."""
    return [day.year for day in SiteVisit.objects.dates("date", "year", order="DESC")]
