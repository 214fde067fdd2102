"""Sum up a site's month anew, and publish what may be told of it.

What is published moves on by six persons at least, so that yesterday's file subtracted from today's tells of no
few. The parts of a month, as women and men, are told when it has ended; then what waited is told too.
"""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from agencies.secrecy.context import acting_as
from motesplats.followup.collect import Key, Sums, collected
from motesplats.followup.publish import publish
from motesplats.followup.suppression import is_small
from motesplats.followup.viewer import FIGURES
from motesplats.models import SiteFigure

LOCK = "figures"
NUMBERS = ("amount", "over", "people", "spread")
TOLD = tuple(f"told_{name}" for name in NUMBERS)


@transaction.atomic
def refresh(*, site: int, month: date, at: datetime, is_edition: bool = False) -> None:
    """Sum up the month (its first day) of the site with this key; an edition tells what is still waiting, too."""
    with acting_as(FIGURES):
        _wait_for_others()
        sum_up(site=site, month=month)
        release(site=site, month=month, is_edition=is_edition)
        publish(year=month.year, today=localdate(at))


@transaction.atomic
def make_edition(*, year: int, at: datetime) -> None:
    """Tell all that is waiting of the year, and the parts of the months that have ended."""
    with acting_as(FIGURES):
        _wait_for_others()
        for site, month in (
            SiteFigure.objects.filter(month__year=year).values_list("site", "month").distinct()
        ):
            release(site=site, month=month, is_edition=True)
        publish(year=year, today=localdate(at))


def _wait_for_others() -> None:
    """One at a time: what may be told depends on what others are about to tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])


def sum_up(*, site: int, month: date) -> None:
    """Write the site's own figures of the month."""
    found = collected(site, month)
    rows = {(row.measure, row.dimension, row.key): row for row in _rows(site, month)}
    _rows(site, month).filter(pk__in=[row.pk for key, row in rows.items() if key not in found]).delete()
    SiteFigure.objects.bulk_create(
        [_row(site, month, key, sums) for key, sums in found.items()],
        update_conflicts=True,
        unique_fields=["site", "month", "measure", "dimension", "key"],
        update_fields=[*NUMBERS, "is_reported"],
    )


def _row(site: int, month: date, key: Key, sums: Sums) -> SiteFigure:
    measure, dimension, part = key
    return SiteFigure(
        site_id=site,
        month=month,
        measure=measure,
        dimension=dimension,
        key=part,
        amount=sums.amount,
        over=sums.over,
        people=sums.people,
        spread=sums.spread,
        is_reported=sums.is_reported,
    )


def release(*, site: int, month: date, is_edition: bool) -> None:
    """Let the month be told as it stands, unless that would tell of few who have come since."""
    whole = _rows(site, month).filter(measure="participants", dimension="").first()
    since = abs((whole.people or 0) - (whole.told_people or 0)) if whole else 0
    if is_edition or not is_small(since):
        _rows(site, month).update(**{told: F(name) for told, name in zip(TOLD, NUMBERS, strict=True)})


def _rows(site: int, month: date) -> QuerySet[SiteFigure]:
    return SiteFigure.objects.filter(site=site, month=month)
