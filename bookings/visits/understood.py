"""Say how well people understood each other through the interpreter of a meeting: never whose work it was."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.models import ExpectedParty, Meeting, Understanding

MET = (Meeting.Attendance.BEGAN, Meeting.Attendance.DONE)


class NothingToMark(Refusal):
    """The meeting has not begun, or needs no interpreter."""

    kind = "nothing-to-mark"
    status = 409


class WhyNotNeeded(Refusal):
    kind = "why-not-needed"
    field = "why"


def mark_understanding(
    *, visit: ExpectedParty, degree: Understanding.Degree, by: User, at: datetime, why: str = ""
) -> Understanding:
    """Keep the mark of the viewer's own meeting; a later one counts instead. Raises NothingToMark and WhyNotNeeded."""
    if not can_be_marked(visit):
        raise NothingToMark(_("Say it when the meeting with an interpreter has begun."))
    if why and degree == Understanding.Degree.YES:
        raise WhyNotNeeded(_("Why is said of what was not understood alone."))
    return Understanding.objects.create(meeting_id=visit.pk, degree=degree, why=why, by=by, at=at)


def can_be_marked(visit: ExpectedParty) -> bool:
    """Whether somebody is or was met with an interpreter."""
    return visit.needs_interpreter and visit.attendance in MET


def marks_of(visits: Iterable[ExpectedParty]) -> dict[int, Understanding | None]:
    """By key the visits that can be marked, each with the mark that counts; one query if there are any."""
    found: dict[int, Understanding | None] = {visit.pk: None for visit in visits if can_be_marked(visit)}
    if found:
        rows = Understanding.objects.filter(meeting__in=found).order_by("pk")
        found.update((row.meeting_id, row) for row in rows)
    return found
