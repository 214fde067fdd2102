"""Capacity and expected newcomers of the running month and those ahead, which tell of no person."""

from datetime import date, datetime

from django.db import connection
from django.utils.timezone import localdate

from agencies.models import Site
from motesplats.models import SiteFigure

AHEAD = 6  # months after the running one
MEASURES = ("capacity_hours", "inflow_persons")
# What is known of every site and month; what is told of it is the same.
KNOWN = """
    SELECT site, month, known.measure, known.amount
    FROM unnest(%s::bigint[]) site
    CROSS JOIN unnest(%s::date[]) month
    CROSS JOIN LATERAL counted_capacity(site, month) known
"""


def months_ahead(today: date) -> list[date]:
    """The first days of the running month and of those ahead."""
    months = [today.year * 12 + today.month - 1 + n for n in range(AHEAD + 1)]
    return [date(month // 12, month % 12 + 1, 1) for month in months]


def sum_up_ahead(*, at: datetime) -> set[tuple[int, date]]:
    """Write the figures of all sites anew, in five statements at most; gives the sites (keys) and months."""
    sites, months = list(Site.objects.values_list("pk", flat=True)), months_ahead(localdate(at))
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [sites, months])
        rows = [_row(*row) for row in cursor.fetchall()]
    before = SiteFigure.objects.filter(month__in=months, measure__in=MEASURES)
    found = {(row.site_id, row.month, row.measure) for row in rows}
    known = {row[1:]: row[0] for row in before.values_list("pk", "site", "month", "measure")}
    SiteFigure.objects.filter(pk__in=[pk for key, pk in known.items() if key not in found]).delete()
    SiteFigure.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["site", "month", "measure", "dimension", "key"],
        update_fields=["amount", "over", "people", "told_amount", "told_over", "told_people"],
    )
    return {key[:2] for key in found | known.keys()}


def _row(site: int, month: date, measure: str, amount: object) -> SiteFigure:
    numbers = {"amount": amount, "over": 0, "people": 0}
    told = {f"told_{name}": number for name, number in numbers.items()}
    return SiteFigure(site_id=site, month=month, measure=measure, **numbers, **told)
