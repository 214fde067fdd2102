"""Sum up a site's month anew, and publish what may be told of it.

What is published moves on by six persons at least, so that yesterday's file subtracted from today's tells of no
few. The parts of a month, as women and men, are told when it has ended; then what waited is told too.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from agencies.models import SiteDay
from agencies.secrecy.context import acting_as
from motesplats.followup.ahead import sum_up_ahead
from motesplats.followup.collect import Key, Sums, collected, reported
from motesplats.followup.counted_measures import COUNTED
from motesplats.followup.measures import MEASURES
from motesplats.followup.publish import publish
from motesplats.followup.suppression import is_small
from motesplats.followup.viewer import FIGURES
from motesplats.models import SiteFigure

LOCK = "figures"
# After so long those who were met may be anonymised: what was counted of them stays as it is.
COUNTED_FOR = timedelta(days=366)
COUNTED_CODES = {measure.code for measure in COUNTED}
OF_MEETINGS = Q(measure__in=COUNTED_CODES) | Q(measure="no_show_share") & ~Q(dimension="")
EDITION_DAY = 3  # of a month: in that night the edition of the last one is made, when its reports are locked
NUMBERS = ("amount", "over", "people", "spread")
TOLD = tuple(f"told_{name}" for name in NUMBERS)


@transaction.atomic
def refresh(*, site: int, month: date, at: datetime, is_edition: bool = False) -> None:
    """Sum up the month (its first day) of the site with this key; an edition tells what is still waiting, too."""
    with acting_as(FIGURES):
        _wait_for_others()
        sum_up(site=site, month=month, with_meetings=month > localdate(at) - COUNTED_FOR)
        release(site=site, month=month, is_edition=is_edition)
        publish(year=month.year, today=localdate(at), changed=[(site, month.month)])


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
            release(site=site, month=month, is_edition=False)
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
    """Tell all that is waiting of the year's months that have ended, and their parts."""
    with acting_as(FIGURES):
        _wait_for_others()
        ended = SiteFigure.objects.filter(month__year=year, month__lt=localdate(at).replace(day=1))
        for site, month in ended.order_by().values_list("site", "month").distinct():
            release(site=site, month=month, is_edition=True)
        publish(year=year, today=localdate(at))


def _wait_for_others() -> None:
    """One at a time: what may be told depends on what others are about to tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [LOCK])


def sum_up(*, site: int, month: date, with_meetings: bool = True) -> None:
    """Write the site's own figures of the month; without meetings what was counted of them stays as it is."""
    found = collected(site, month) if with_meetings else reported(site, month)
    own = _rows(site, month) if with_meetings else _rows(site, month).exclude(OF_MEETINGS)
    known = {(row.measure, row.dimension, row.key): row.pk for row in own}
    own.filter(pk__in=[pk for key, pk in known.items() if key not in found]).delete()
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
    """Let the month be told as it stands, but for the measures in which that would tell of few who have come since."""
    rows = _rows(site, month)
    since = {
        measure: abs((people or 0) - (told or 0))
        for measure, people, told in rows.filter(dimension="").values_list("measure", "people", "told_people")
    }
    waiting = [] if is_edition else [code for code in MEASURES if is_small(since.get(_leader(code), 0))]
    rows.exclude(measure__in=waiting).update(
        **{told: F(name) for told, name in zip(TOLD, NUMBERS, strict=True)}
    )


def _leader(measure: str) -> str:
    """The measure whose people decide: of what day reports say, those who came; of what is counted, its own."""
    return measure if measure in COUNTED_CODES else "participants"


def _rows(site: int, month: date) -> QuerySet[SiteFigure]:
    return SiteFigure.objects.filter(site=site, month=month)
