"""Save a day report: typed where a site does not book here, else attendance's numbers with what is corrected."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import Site, User
from agencies.refusals import Refusal
from motesplats.followup.reports.attendance import counted
from motesplats.followup.reports.days import require_reportable
from motesplats.followup.reports.numbers import DayNumbers
from motesplats.followup.reports.queries import counted_of
from motesplats.followup.reports.write import (
    ReportChanged,
    require_agreeing,
    require_explained,
    require_reporter,
    require_typed,
    require_usable,
    require_version,
    write_numbers,
)
from motesplats.models import DayReport


class ReportLocked(Refusal):
    """The report is locked: it is corrected, with a reason."""

    kind = "report-locked"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("The report is locked. Correct it, and say why."))


@transaction.atomic
def save_report(
    *,
    site: Site,
    date: date,
    numbers: DayNumbers,
    version: int,
    by: User,
    at: datetime,
    unfinished: bool = False,
) -> DayReport:
    """Save the day's numbers; `version`: the report's that was seen, 0 for none. `unfinished`: sums need not agree yet.

    Raises NotForYourRole, SiteNotYours, NoSuchDay, NumberNotUsable, NumbersDisagree, ReportChanged, ReportLocked.
    """
    require_reporter(by, site)
    is_counted = require_reportable(site, date, at=at)
    require_usable(numbers)
    report = DayReport.objects.select_for_update().filter(site=site, date=date).first()
    if report is None:
        report = _new(site, date, is_counted=is_counted, version=version, at=at)
        seen = counted(site.pk, date) if is_counted else None
    else:
        if report.locked_at:
            raise ReportLocked
        require_version(report, version)
        report.version += 1
        seen = counted_of(report)
    require_typed(numbers, report.source)
    if not unfinished:
        require_agreeing(numbers)
    require_explained(numbers, seen)
    report.saved_by = by
    write_numbers(report, numbers, counted=seen)
    return report


def _new(site: Site, date: date, *, is_counted: bool, version: int, at: datetime) -> DayReport:
    """A report without numbers. Raises ReportChanged if another one came first."""
    source = DayReport.Source.COUNTED if is_counted else DayReport.Source.REPORTED
    if version:
        raise ReportChanged(_("That day has no report."), version=0)
    try:
        with transaction.atomic():
            return DayReport.objects.create(site=site, date=date, source=source, filled_at=at)
    except IntegrityError:
        first = DayReport.objects.get(site=site, date=date)
        raise ReportChanged(_("That day has a report."), version=first.version) from None
