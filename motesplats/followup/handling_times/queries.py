"""Reads of handling times: what was typed of a site's weeks, what is told of quarters, and the imported week."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet, Subquery

from motesplats.followup.handling_times.shares import Shares
from motesplats.models import HandlingQuarter, HandlingWeek, ImportedFigure

FIRST_BAND = "move notifications decided in 1-7 days"
LAST_BAND = "move notifications taking >30 days"


def weeks_of(site: int | None, mondays: Iterable[date]) -> dict[date, HandlingWeek]:
    """Those weeks of the site with this key, or with None of the country, that have numbers; the last typed count."""
    rows = HandlingWeek.objects.filter(site=site, monday__in=list(mondays)).select_related("typed_by")
    return {row.monday: row for row in rows.order_by("pk")}


def typed_of(site: int | None) -> QuerySet[HandlingWeek]:
    """What was typed, the last first, at most a hundred."""
    return HandlingWeek.objects.filter(site=site).select_related("typed_by").order_by("-pk")[:100]


def told_quarters() -> list[tuple[int, int]]:
    """The quarters that are told, the last first."""
    found = HandlingQuarter.objects.order_by("-year", "-quarter").values_list("year", "quarter")
    return list(dict.fromkeys(found))


def told_of(year: int, quarter: int) -> list[HandlingQuarter]:
    """Sites in their order, then all sites, then the country; one query."""
    return _in_order(HandlingQuarter.objects.filter(year=year, quarter=quarter))


def last_told(*, until: date) -> list[HandlingQuarter]:
    """The same of the last quarter that is told and has begun by that day; none before any is told. One query."""
    numbered = HandlingQuarter.objects.annotate(number=F("year") * 10 + F("quarter"))
    begun = numbered.filter(number__lte=until.year * 10 + (until.month + 2) // 3).order_by("-number")
    return _in_order(numbered.filter(number=Subquery(begun.values("number")[:1])))


def _in_order(quarters: QuerySet[HandlingQuarter]) -> list[HandlingQuarter]:
    order = ["site", "sites", "country"]
    return sorted(
        quarters.select_related("site"),
        key=lambda row: (order.index(row.scope), row.site.order if row.site else 0, row.site_id or 0),
    )


def imported_shares() -> list[tuple[str, str, Shares]]:
    """The period and scope as printed with the shares, of all that the reports have published; one query."""
    rows = ImportedFigure.objects.filter(
        replaced_at=None, name__in=[FIRST_BAND, LAST_BAND], number__isnull=False
    ).order_by("pk")
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        found.setdefault((row.period, row.scope), {})[row.name] = int(row.number or 0)
    return [
        (period, scope, Shares(bands[FIRST_BAND], bands[LAST_BAND]))
        for (period, scope), bands in found.items()
        if len(bands) == 2 and sum(bands.values()) <= 100
    ]
