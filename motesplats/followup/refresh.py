"""Sum up a site's month anew, and publish what may be told of it.

What is published moves on by six persons at least, so that yesterday's file subtracted from today's tells of no
few. What waited is told in the month's edition, some days after it has ended, and the parts of two months, as women and
men, in that of the second.
"""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from agencies.models import SiteDay
from agencies.secrecy.context import acting_as
from motesplats.followup.ahead import sum_up_ahead
from motesplats.followup.collect import Key, Sums, collected, reported
from motesplats.followup.moving_on import COUNTED_CODES, MovedFigure, Way, may_be_told
from motesplats.followup.publish import publish
from motesplats.followup.viewer import FIGURES
from motesplats.followup.year import EDITION_DAY
from motesplats.models import SiteFigure

LOCK = "figures"
# After so long those who were met may be anonymised: what was counted of them stays as it is.
COUNTED_FOR = timedelta(days=366)
OF_MEETINGS = Q(measure__in=COUNTED_CODES) | Q(measure="no_show_share") & ~Q(dimension="")
NUMBERS = ("amount", "over", "people", "spread")
TOLD = tuple(f"told_{name}" for name in NUMBERS)
STANDING = [field.name for field in fields(MovedFigure)]


@transaction.atomic
def refresh(*, site: int, month: date, at: datetime) -> None:
    """Sum up the month (its first day) of the site with this key, and publish what may be told."""
    with acting_as(FIGURES):
        _wait_for_others()
        sum_up(site=site, month=month, with_meetings=month > localdate(at) - COUNTED_FOR)
        told = release(site=site, month=month, today=localdate(at))
        publish(
            year=month.year,
            today=localdate(at),
            changed=[(site, month.month)],
            measures={measure for measure, _dimension in told},
        )


@transaction.atomic
def refresh_recent(*, at: datetime) -> None:
    """Sum up the running and the last month of every site that was open in them, what is known ahead, and publish it.

    It may run again and again. On one day of a month the last one's edition is made.
    """
    today = localdate(at)
    running = today.replace(day=1)
    last = (running - timedelta(days=1)).replace(day=1)
    with acting_as(FIGURES):
        _wait_for_others()
        months = list(_open_months(last, today))
        for site, month in months:
            sum_up(site=site, month=month)
            release(site=site, month=month, today=today)
        every = {*months, *sum_up_ahead(at=at)}
        for year in {last.year, *(month.year for _site, month in every), today.year}:
            changed = [(site, month.month) for site, month in every if month.year == year]
            publish(year=year, today=today, changed=changed)
        if today.day == EDITION_DAY:
            make_edition(year=last.year, at=at)


def _open_months(first: date, today: date) -> Iterator[tuple[int, date]]:
    """The keys of sites with the months (first days) in which they were open since then."""
    days = SiteDay.objects.filter(date__range=(first, today))
    found = days.values_list("location__site", "date__year", "date__month").order_by().distinct()
    return ((site, date(year, month, 1)) for site, year, month in sorted(found))


@transaction.atomic
def make_edition(*, year: int, at: datetime) -> None:
    """Tell what may be told of the year's months that have ended: all of those that had no edition yet."""
    with acting_as(FIGURES):
        _wait_for_others()
        ended = SiteFigure.objects.filter(month__year=year, month__lt=localdate(at).replace(day=1))
        for site, month in ended.order_by().values_list("site", "month").distinct():
            release(site=site, month=month, today=localdate(at))
        publish(year=year, today=localdate(at))


def _wait_for_others() -> None:
    """One at a time: what may be told depends on what others are about to tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])


def sum_up(*, site: int, month: date, with_meetings: bool = True) -> None:
    """Write the site's own figures of the month; without meetings what was counted of them stays as it is.

    A figure that is no more has no amount; it goes once that may be told.
    """
    found = collected(site, month) if with_meetings else reported(site, month)
    own = _rows(site, month) if with_meetings else _rows(site, month).exclude(OF_MEETINGS)
    known = {(row.measure, row.dimension, row.key): row.pk for row in own}
    gone = own.filter(pk__in=[pk for key, pk in known.items() if key not in found])
    gone.update(amount=None, over=None, people=None, spread={})
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


def release(*, site: int, month: date, today: date) -> set[Way]:
    """Let the month be told as it stands, as far as that tells of no few; gives what is told otherwise than before.

    It waits for the last one's edition, in which it may turn out that this one is hidden, too.
    """
    if today < month.replace(day=EDITION_DAY):
        return set()
    rows = _rows(site, month)
    standing = {row.pop("pk"): MovedFigure(**row) for row in rows.values("pk", *STANDING)}
    has_edition = today >= _edition_of(month)
    ways = may_be_told(standing.values(), has_edition=has_edition)
    now = {told: F(name) for told, name in zip(TOLD, NUMBERS, strict=True)}
    told = rows.filter(pk__in=[pk for pk, row in standing.items() if row.way in ways])
    changed = set(told.exclude(**now, is_settled=has_edition).values_list("measure", "dimension"))
    told.update(**now, is_settled=has_edition)
    rows.filter(amount=None, told_amount=None).delete()
    return changed


def _edition_of(month: date) -> date:
    """The day on which the month's edition is made."""
    return (month + timedelta(days=31)).replace(day=EDITION_DAY)


def _rows(site: int, month: date) -> QuerySet[SiteFigure]:
    return SiteFigure.objects.filter(site=site, month=month)
