"""Reads of tertial reports: those of the viewer, what keeps one from being submitted, and which are overdue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from agencies.models import Holiday, Role, Site, SiteDay, ThresholdCode, User
from agencies.thresholds import Dated, dated
from motesplats.followup.tertial.periods import (
    FIRST_YEAR,
    LAST_YEAR,
    ONE_DAY,
    TertialPeriod,
    last_periods,
    period_of,
)
from motesplats.models import DayReport, PublishedFigure, TertialCode, TertialReport, TertialText

WRITERS = (Role.COORDINATOR, Role.MANAGER)
PERIODS = 3  # how many tertials before this one are looked through for reports that are late


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report that is to be written, or is being written, and until when."""

    site: Site
    period: TertialPeriod
    due: date
    is_begun: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class DueRule:
    """How many days after its end a tertial's report is due, by the value of its last day, and the days off."""

    days: Dated
    holidays: frozenset[date]

    def of(self, period: TertialPeriod) -> date:
        return period.due(self.days.on(period.last), self.holidays)


def due_rule(since: date) -> DueRule:
    """The rule for tertials that end from that day on; two queries."""
    holidays = Holiday.objects.filter(date__gte=since).values_list("date", flat=True)
    code = ThresholdCode.TERTIAL_DUE
    return DueRule(dated(code)[code], frozenset(holidays))


def may_write(user: User, site: Site) -> bool:
    """Whether the user writes in the site's reports; a manager submits them."""
    return user.role in WRITERS and user.sites.filter(pk=site.pk).exists()


def report_of(site: Site, period: TertialPeriod) -> TertialReport | None:
    """The report with its texts and corrections, if the viewer may see it."""
    texts = Prefetch("texts", TertialText.objects.select_related("written_by"))
    reports = TertialReport.objects.select_related("site", "submitted_by").prefetch_related(
        texts, "corrections__by"
    )
    return reports.filter(site=site, year=period.year, tertial=period.tertial).first()


def reports_seen(sites: Iterable[Site] | None = None) -> QuerySet[TertialReport]:
    """The submitted reports that the viewer sees, of these sites or of all."""
    reports = TertialReport.objects.filter(state=TertialReport.State.SUBMITTED).select_related("site")
    return reports if sites is None else reports.filter(site__in=sites)


def reports_due(sites: Iterable[Site], *, today: date) -> list[ReportDue]:
    """What these sites have not submitted, the running tertial included, the longest due first; six queries.

    Of an ended tertial in which it had no day a site owes nothing.
    """
    periods = list(last_periods(today, PERIODS + 1))
    since = periods[-1].first
    known = {
        (report.site_id, TertialPeriod(report.year, report.tertial)): report.state
        for report in TertialReport.objects.filter(site__in=sites, year__gte=since.year)
    }
    was_open = set(_open(sites, since))
    rule = due_rule(since)
    found = [
        ReportDue(site, period, due := rule.of(period), (site.pk, period) in known, today > due)
        for site in sites
        for period in periods
        if known.get((site.pk, period)) != TertialReport.State.SUBMITTED
        and (period == periods[0] or (site.pk, period) in was_open | known.keys())
    ]
    return sorted(found, key=lambda one: (one.due, one.site.name))


def _open(sites: Iterable[Site], since: date) -> Iterator[tuple[int, TertialPeriod]]:
    """The tertials in which the sites had days: open here, reported, or told of in the published figures."""
    days = SiteDay.objects.filter(location__site__in=sites, date__gte=since, closed_at=None)
    for site, day in days.values_list("location__site", "date").distinct():
        yield site, period_of(day)
    reports = DayReport.objects.filter(site__in=sites, date__gte=since, was_open=True)
    for site, day in reports.values_list("site", "date"):
        yield site, period_of(day)
    told = PublishedFigure.objects.filter(
        site__in=sites, year__gte=since.year, month__isnull=False, measure="days", dimension="", amount__gt=0
    )
    for site, year, month in told.values_list("site", "year", "month"):
        yield site, period_of(date(year, month or 1, 1))


def days_missing(site: Site, period: TertialPeriod, *, today: date) -> list[date]:
    """The days of the tertial that have passed and whose report is not locked, or has not been made; two queries."""
    within = {"date__range": (period.first, min(period.last, today - ONE_DAY))}
    reports = dict(DayReport.objects.filter(site=site, **within).values_list("date", "locked_at"))
    days = SiteDay.objects.filter(location__site=site, closed_at=None, **within).values_list(
        "date", flat=True
    )
    return sorted(day for day in {*days, *reports} if not reports.get(day))


def period_at(year: int, tertial: int) -> TertialPeriod | None:
    """The tertial of an address, if there is such a one."""
    return TertialPeriod(year, tertial) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= tertial <= 3 else None


def codes_offered(chosen: Iterable[str] = ()) -> list[TertialCode]:
    """The codes from which one chooses, and those that have been chosen already."""
    return [code for code in TertialCode.objects.all() if not code.is_retired or code.pk in chosen]
