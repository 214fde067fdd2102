"""What the e-mail of reminders says: which reports, of which site and day, and where they are written. No name."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.dates import day_month_year
from motesplats.followup.reports.lacking import MissingDay
from motesplats.followup.tertial.queries import ReportDue

LANGUAGE = "sv"  # of which language a member of staff reads most nobody keeps a record


def subject_of(number: int) -> str:
    """The e-mail's subject."""
    return _("Reports that wait: %(number)s") % {"number": number}


def text_of(days: Iterable[MissingDay], tertials: Iterable[ReportDue]) -> str:
    """A line for each report, and the addresses of the pages."""
    day_lines, tertial_lines = [_of_day(one) for one in days], [_of_tertial(one) for one in tertials]
    parts = [
        [*lines, settings.BASE_URL + reverse(page)]
        for lines, page in (
            (day_lines, "followup:day-reports"),
            (tertial_lines, "followup:tertial-reports"),
        )
        if lines
    ]
    return "\n\n".join("\n".join(lines) for lines in parts)


def _of_day(one: MissingDay) -> str:
    said = {"site": one.site.name, "day": day_month_year(one.day, LANGUAGE)}
    if one.is_begun:
        return _("%(site)s, %(day)s: the day report is not locked.") % said
    return _("%(site)s, %(day)s: the day report is missing.") % said


def _of_tertial(one: ReportDue) -> str:
    said = {
        "site": one.site.name,
        "tertial": one.period.tertial,
        "year": one.period.year,
        "day": day_month_year(one.due, LANGUAGE),
    }
    if one.is_late:
        return (
            _("%(site)s, tertial %(tertial)s %(year)s: the report should have been submitted by %(day)s.")
            % said
        )
    return _("%(site)s, tertial %(tertial)s %(year)s: the report is to be submitted by %(day)s.") % said
