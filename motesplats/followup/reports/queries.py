"""Reads of day reports: one with its numbers, and lists of those that wait to be locked, recent and corrected."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from agencies.models import Site
from motesplats.followup.dimensions import SEX_AGE
from motesplats.followup.reports.numbers import TOTALS, DayNumbers
from motesplats.models import DayCorrection, DayCount, DayReport

PERSONS = Coalesce(
    Subquery(
        DayCount.objects.filter(report=OuterRef("pk"), dimension=SEX_AGE)
        .order_by()
        .values("report")
        .annotate(sum=Sum("people"))
        .values("sum")
    ),
    0,
)


def reports() -> QuerySet[DayReport]:
    """Those that the viewer may see, the last day first, with their counts and how many persons came."""
    return (
        DayReport.objects.select_related("site", "saved_by", "locked_by")
        .prefetch_related("counts")
        .annotate(persons=PERSONS)
        .order_by("-date", "site__order", "site__code")
    )


def report_of(site: Site, day: date) -> DayReport | None:
    """The site's report of the day."""
    return reports().filter(site=site, date=day).first()


def numbers_of(report: DayReport) -> DayNumbers:
    """What the report says."""
    return DayNumbers(
        people={(count.dimension, count.key): count.people for count in report.counts.all()},
        totals={name: getattr(report, name) for name in TOTALS},
        interpreting=report.interpreting,
        trouble=tuple(report.trouble),
        note=report.note,
        why=report.why,
        was_open=report.was_open,
    )


def counted_of(report: DayReport) -> DayNumbers | None:
    """What attendance said when the report was filled in; None of one that was typed."""
    if report.source == DayReport.Source.REPORTED:
        return None
    return DayNumbers(
        people={(count.dimension, count.key): count.counted or 0 for count in report.counts.all()},
        totals=report.counted,
    )


def unlocked(before: Any) -> QuerySet[DayReport]:
    """Reports of days before that one that wait to be locked, for the menu."""
    return DayReport.objects.filter(locked_at=None, date__lt=before)


def corrections(sites: Iterable[Site], *, most: int) -> QuerySet[DayCorrection]:
    """What was changed after locking, the last first."""
    found = DayCorrection.objects.filter(report__site__in=list(sites))
    return found.select_related("report__site", "by").order_by("-at", "-pk")[:most]
