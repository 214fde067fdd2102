"""Fill in day reports from attendance, as the figures' own viewer, until somebody has saved them."""

from datetime import date, datetime

from django.db.models import QuerySet

from agencies.models import Site
from agencies.secrecy.context import acting_as
from motesplats.followup.reports.attendance import counted
from motesplats.followup.reports.days import ended
from motesplats.followup.reports.queries import numbers_of
from motesplats.followup.reports.write import write_numbers
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayReport


def fill_ended(*, at: datetime) -> int:
    """Fill in the days of the last fortnight that are over, each in its own transaction; gives how many changed."""
    days = ended(at=at)
    sites = Site.objects.in_bulk({site for site, _day in days})
    with acting_as(FIGURES):
        kept = set(_kept().filter(site__in=sites).values_list("site", "date"))
    return sum(fill_day(site=sites[site], date=day, at=at) for site, day in days if (site, day) not in kept)


def fill_day(*, site: Site, date: date, at: datetime) -> bool:
    """Write what attendance counts of the day, and give whether that is new; what somebody saved or locked stays."""
    with acting_as(FIGURES):
        row = DayReport(site=site, date=date, source=DayReport.Source.COUNTED, filled_at=at)
        DayReport.objects.bulk_create([row], ignore_conflicts=True)
        report = DayReport.objects.select_for_update().get(site=site, date=date)
        if _kept().filter(pk=report.pk).exists():
            return False
        found, is_new = counted(site.pk, date), not report.counted
        if not is_new and found.parts() == numbers_of(report).parts():
            return False
        report.filled_at = at
        report.version += not is_new
        write_numbers(report, found, counted=found)
        return True


def _kept() -> QuerySet[DayReport]:
    """Reports that somebody has typed, saved or locked."""
    return DayReport.objects.exclude(source=DayReport.Source.COUNTED, saved_by=None, locked_at=None)
