"""Submit a tertial report, and say what keeps one from being submitted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Role, Site, User
from motesplats.followup.goals.queries import goal_for
from motesplats.followup.tertial.held import TertialNotReady, TertialOfOthers, locked_report
from motesplats.followup.tertial.keep import keep_figures
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.queries import days_missing, may_write
from motesplats.models import TertialReport

Question, State = TertialReport.Question, TertialReport.State


@transaction.atomic
def submit_tertial(*, site: Site, period: TertialPeriod, seen: int, by: User, at: datetime) -> TertialReport:
    """Hand the report in to the secretariat with its figures as they are; a late one is taken.

    Raises TertialOfOthers, TertialNotBegun, TertialSubmitted, TertialChanged and TertialNotReady.
    """
    if by.role != Role.MANAGER or not may_write(by, site):
        raise TertialOfOthers
    report = locked_report(site, period, seen=seen, at=at)
    if missing := what_is_missing(report, at=at):
        raise TertialNotReady(missing)
    report.state, report.submitted_at, report.submitted_by = State.SUBMITTED, at, by
    report.version += 1
    report.save(update_fields=["state", "submitted_at", "submitted_by", "due", "version"])
    keep_figures(report, period, goal_for(site, on=period.last))
    return report


def what_is_missing(report: TertialReport, *, at: datetime) -> list[str]:
    """Sentences on what keeps the report from being submitted; none if nothing does."""
    period = TertialPeriod(report.year, report.tertial)
    answered = {text.question for text in report.texts.all() if text.text}
    found = [
        _("Question %(number)s, %(question)s, has no answer.")
        % {"number": number, "question": question.label}
        for number, question in enumerate(Question, start=1)
        if question not in answered
    ]
    today = local(at).date()
    if today <= period.last:
        found.append(_("The tertial has not ended: its last day is %(day)s.") % {"day": period.last})
    if days := days_missing(report.site, period, today=today):
        found.append(_("The day report is not locked for: %(days)s.") % {"days": ", ".join(map(str, days))})
    return found
