"""Lock a day report: from then on it counts in the figures."""

from datetime import datetime

from django.db import transaction

from agencies.models import User
from motesplats.followup.reports.figures_job import ask_figures
from motesplats.followup.reports.queries import counted_of, numbers_of
from motesplats.followup.reports.save import ReportLocked
from motesplats.followup.reports.write import (
    require_agreeing,
    require_explained,
    require_reporter,
    require_version,
)
from motesplats.models import DayReport


@transaction.atomic
def lock_report(*, report: DayReport, version: int, by: User, at: datetime) -> DayReport:
    """Lock the report as it stands.

    Raises NotForYourRole, SiteNotYours, ReportLocked, ReportChanged, NumbersDisagree.
    """
    require_reporter(by, report.site)
    report = DayReport.objects.select_for_update(of=["self"]).select_related("site").get(pk=report.pk)
    if report.locked_at:
        raise ReportLocked
    require_version(report, version)
    numbers = numbers_of(report)
    require_agreeing(numbers)
    require_explained(numbers, counted_of(report))
    report.locked_at, report.locked_by = at, by
    report.version += 1
    report.save(update_fields=["locked_at", "locked_by", "version"])
    ask_figures(report=report, by=by, at=at)
    return report
