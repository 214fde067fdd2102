"""Days whose report is missing: begun and not locked, or not begun though the site was open, booked or typed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q

from agencies.models import Holiday, Site, SiteDay, WeeklyPattern
from motesplats.followup.reports.days import DAYS_BACK
from motesplats.models import ReportReminder

SiteOnDay = tuple[int, date]
Known = Mapping[SiteOnDay, "KnownReport"]
# Without a weekly pattern a site that types is expected where it reported two or four weeks before.
RHYTHM = (timedelta(days=14), timedelta(days=28))


@dataclass(frozen=True, slots=True)
class KnownReport:
    """What is known of a report without any of its numbers."""

    is_locked: bool
    was_open: bool


@dataclass(frozen=True, slots=True)
class MissingDay:
    """A day whose report is not locked; `late`: since how many days it has been over, `reminded`: when, each time."""

    site: Site
    day: date
    late: int
    is_begun: bool
    reminded: tuple[datetime, ...] = ()


def missing(sites: Iterable[Site], *, today: date) -> list[MissingDay]:
    """The days before today without a locked report, the oldest first; five queries.

    Those that were begun, however old, and of the last fortnight those on which a site was open. The secretariat's
    sites may be all: it learns of no number.
    """
    own = {site.pk: site for site in sites}
    since = today - timedelta(days=DAYS_BACK)
    known = _known(since - max(RHYTHM))
    begun = {key for key, report in known.items() if not report.is_locked and key[1] < today}
    lacking = sorted(
        (
            (day, site)
            for site, day in begun | (_open(own, known, since, today) - known.keys())
            if site in own
        ),
        key=lambda one: (one[0], own[one[1]].order),
    )
    reminded = _reminded({(site, day) for day, site in lacking})
    return [
        MissingDay(own[site], day, (today - day).days, (site, day) in known, reminded.get((site, day), ()))
        for day, site in lacking
    ]


def reminded_of(site: Site, day: date) -> tuple[datetime, ...]:
    """When somebody was reminded of the day's report, each time."""
    return _reminded({(site.pk, day)}).get((site.pk, day), ())


def _known(since: date) -> Known:
    """The reports since that day that there are, at the viewer's sites or for the secretariat."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT site, of, is_locked, was_open FROM known_day_reports(%s)", [since])
        return {(site, day): KnownReport(*report) for site, day, *report in cursor.fetchall()}


def _open(own: Mapping[int, Site], known: Known, since: date, today: date) -> set[SiteOnDay]:
    """The days from `since` until yesterday on which the sites were open, as far as it is known."""
    opened = SiteDay.objects.filter(
        location__site__in=own,
        date__gte=since.replace(day=1),
        date__lt=today.replace(day=1) + timedelta(days=31),
    )
    booked: set[SiteOnDay] = set()
    months = set()
    for site, day, closed in opened.order_by().values_list("location__site", "date", "closed_at"):
        months.add((site, day.year, day.month))
        if closed is None and since <= day < today:
            booked.add((site, day))
    typing = {key for key, site in own.items() if site.state == Site.State.OPEN}
    held = {key for key, report in known.items() if report.was_open}
    typed = _typed(typing, held, since, today)
    return booked | {(site, day) for site, day in typed if (site, day.year, day.month) not in months}


def _typed(
    sites: Collection[int], held: Collection[SiteOnDay], since: date, today: date
) -> Iterator[SiteOnDay]:
    """The days on which sites that type are open: by their weekly pattern or, without one, by their rhythm."""
    patterns = WeeklyPattern.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=since), location__site__in=sites, valid_from__lt=today
    ).values_list("location__site", "weekday", "valid_from", "valid_to")
    weekly = list(patterns)
    holidays = set(Holiday.objects.filter(date__gte=since, date__lt=today).values_list("date", flat=True))
    days = (since + timedelta(days=number) for number in range((today - since).days))
    for day in (day for day in days if day not in holidays):
        holding = [row for row in weekly if row[2] <= day and (row[3] is None or day <= row[3])]
        planned = {site for site, *_row in holding}
        yield from ((site, day) for site, weekday, *_row in holding if weekday == day.isoweekday())
        for site in sites:
            if site not in planned and any((site, day - back) in held for back in RHYTHM):
                yield site, day


def _reminded(days: Collection[SiteOnDay]) -> Mapping[SiteOnDay, tuple[datetime, ...]]:
    """When the first of whoever keeps each site was reminded, each time."""
    rows = ReportReminder.objects.filter(
        kind=ReportReminder.Kind.DAY,
        site__in={site for site, _day in days},
        of__in={day for _site, day in days},
    )
    first: dict[SiteOnDay, dict[int, datetime]] = {}
    for site, day, number, at in rows.order_by("at").values_list("site", "of", "number", "at"):
        first.setdefault((site, day), {}).setdefault(number, at)
    return {key: tuple(times.values()) for key, times in first.items()}
