"""On which days a site was open, and so of which there may be a report."""

from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from agencies.dates import clock, stockholm
from agencies.models import Holiday, Site, SiteDay
from agencies.refusals import Refusal

FIRST = date(2016, 1, 1)  # no site was open before
SATURDAY = 5
DAYS_BACK = 14


class NoSuchDay(Refusal):
    """There can be no report of the day: it is not over, or the site was not open."""

    kind = "no-such-day"
    field = "date"


def open_days(site: Site) -> QuerySet[SiteDay]:
    """The days on which any of the site's places was open, branches and mobile teams too."""
    return SiteDay.objects.filter(location__site=site, closed_at=None)


def books_here(site: Site, day: date) -> bool:
    """Whether the site plans its days here, in that month; one that does not types its reports."""
    return SiteDay.objects.filter(location__site=site, date__year=day.year, date__month=day.month).exists()


def ended(*, at: datetime) -> list[tuple[int, date]]:
    """The keys of sites with the days of the last fortnight on which all their places have closed."""
    days = SiteDay.objects.filter(
        closed_at=None, date__gte=stockholm(at) - timedelta(days=DAYS_BACK), date__lte=stockholm(at)
    )
    by_site = days.order_by().values_list("location__site", "date").annotate(closes=Max("closes_at"))
    return sorted((site, day) for site, day, closes in by_site if closes <= at)


def require_reportable(site: Site, day: date, *, at: datetime) -> bool:
    """Whether attendance counts the day; raises NoSuchDay where there can be no report.

    A site that has no days here in that month types any weekday that is no public holiday, up to today.
    """
    today = stockholm(at)
    if day > today:
        raise NoSuchDay(_("That day has not been yet."))
    if day < FIRST:
        raise NoSuchDay(_("No site was open before 2016."))
    if books_here(site, day):
        _require_closed(site, day, at=at)
        return True
    if day.weekday() >= SATURDAY or Holiday.objects.filter(date=day).exists():
        raise NoSuchDay(_("The site is not open on weekends and public holidays."))
    return False


def _require_closed(site: Site, day: date, *, at: datetime) -> None:
    closes = open_days(site).filter(date=day).aggregate(last=Max("closes_at"))["last"]
    if closes is None:
        raise NoSuchDay(_("%(site)s was not open that day.") % {"site": site})
    if closes > at:
        raise NoSuchDay(_("The day is over at %(clock)s. The report comes then.") % {"clock": clock(closes)})
