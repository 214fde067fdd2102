"""Tell the figures of a day report that was locked or corrected: a row of the outbox, and what it is handled by."""

from datetime import datetime

from agencies.dispatches.outbox import add_dispatch
from agencies.models import Dispatch, User
from agencies.secrecy.context import acting_as
from motesplats.followup.refresh import refresh
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayCorrection, DayReport

# Locked is a report once, and each correction has a row of its own: a dispatch that waits is its agency's, and nobody
# of another agency, who corrects meanwhile, could ask for it anew.
KIND, CORRECTED = "motesplats.figures", "motesplats.figures-corrected"


def ask_figures(*, report: DayReport, by: User, at: datetime) -> None:
    """Let the locked report's site and month be summed up anew once this is committed."""
    add_dispatch(kind=KIND, subject=report.pk, by=by, at=at)


def ask_corrected_figures(*, correction: DayCorrection, by: User, at: datetime) -> None:
    """The same of the report that was corrected."""
    add_dispatch(kind=CORRECTED, subject=correction.pk, by=by, at=at)


def refresh_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Sum up the site's month of the report that the dispatch is about."""
    with acting_as(FIGURES):
        report = (
            DayCorrection.objects.select_related("report").get(pk=dispatch.subject).report
            if dispatch.kind == CORRECTED
            else DayReport.objects.get(pk=dispatch.subject)
        )
        refresh(site=report.site_id, month=report.date.replace(day=1), at=at)
