"""What the page of one day's report shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agencies.dates import stockholm
from agencies.models import Role, Site, User
from motesplats.followup.reports.attendance import counted
from motesplats.followup.reports.day_tables import DayTables
from motesplats.followup.reports.days import NoSuchDay, require_reportable
from motesplats.followup.reports.forms import DayReportForm
from motesplats.followup.reports.lacking import reminded_of
from motesplats.followup.reports.list_page import aside, told_differences
from motesplats.followup.reports.numbers import DayNumbers
from motesplats.followup.reports.orders import orders_of
from motesplats.followup.reports.queries import counted_of, numbers_of, report_of
from motesplats.models import DayReport

RECENT = 5


@dataclass(slots=True)
class DayPage:
    """A day's report as it stands, or as it would be if there is none; `problem`: why there can be none."""

    site: Site
    day: date
    report: DayReport | None
    numbers: DayNumbers
    counted: DayNumbers | None
    problem: str = ""

    @property
    def version(self) -> int:
        return self.report.version if self.report else 0

    @property
    def is_locked(self) -> bool:
        return bool(self.report and self.report.locked_at)

    @property
    def may_be_none(self) -> bool:
        """Whether one may say that the site was not open: where it types its reports."""
        return self.counted is None and not self.problem and self.numbers.was_open

    def form(self, data: Any = None) -> DayReportForm:
        """The form; of a locked report the reason is asked for anew."""
        numbers = self.numbers
        if self.is_locked and data is None:
            numbers = DayNumbers(
                numbers.people, numbers.totals, numbers.interpreting, numbers.trouble, numbers.note
            )
        return DayReportForm(data, numbers=numbers, counted=self.counted, version=self.version)


def load_day(site: Site, day: date, *, at: datetime) -> DayPage:
    """The day's report, or what attendance counts where there is none yet."""
    report = report_of(site, day)
    if report:
        return DayPage(site, day, report, numbers_of(report), counted_of(report))
    try:
        is_counted = require_reportable(site, day, at=at)
    except NoSuchDay as refusal:
        return DayPage(site, day, None, DayNumbers(), None, problem=refusal.message)
    seen = counted(site.pk, day) if is_counted else None
    return DayPage(site, day, None, seen or DayNumbers(), seen)


def day_context(page: DayPage, form: DayReportForm | None, *, viewer: User, at: datetime) -> dict[str, Any]:
    """All that the page of a day shows; without a form it is read only."""
    shown = form.numbers() if form and form.is_bound else page.numbers
    tables = DayTables(page.numbers, shown, page.counted, form)
    context: dict[str, Any] = {"page": page, "form": form, "site": page.site, "day": page.day}
    context |= {
        "of_all": tables.of_all(),
        "of_tracks": tables.of_tracks(),
        "tables": tables.of_parts(),
        "persons": shown.persons,
        "parties": shown.totals.get("parties", 0),
        "differences": told_differences(page.counted, page.numbers) if page.counted else [],
        "orders": orders_of(page.site, page.day) if viewer.role == Role.COORDINATOR else None,
        "interpreting": page.report.get_interpreting_display()
        if page.report and page.report.interpreting
        else "",
        "reminded": reminded_of(page.site, page.day),
        "trouble": [str(DayReport.Trouble(code).label) for code in page.numbers.trouble],
    }
    return context | aside([page.site], today=stockholm(at), most=RECENT)
