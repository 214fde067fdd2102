"""Tell the figures of a day report that was locked or corrected: a row of the outbox, and what it is handled by."""

from datetime import datetime

from agencies.dispatches.outbox import add_dispatch
from agencies.models import Dispatch, User
from agencies.secrecy.context import acting_as
from motesplats.followup.refresh import refresh
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayReport

KIND = "motesplats.figures"


def ask_figures(*, report: DayReport, by: User, at: datetime) -> None:
    """Let the report's site and month be summed up anew once this is committed."""
    add_dispatch(kind=KIND, subject=report.pk, by=by, at=at)


def refresh_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Sum up the site's month of the report that the dispatch is about."""
    with acting_as(FIGURES):
        report = DayReport.objects.get(pk=dispatch.subject)
        refresh(site=report.site_id, month=report.date.replace(day=1), at=at)
