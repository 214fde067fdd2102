"""The attendance events of a meeting: what stands of them, and a further one with the state that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.models import AttendanceEvent, Meeting

Kind = AttendanceEvent.Kind
State = Meeting.Attendance

# What may be recorded next; whatever else is true is recorded after an undo.
FOLLOWS: dict[str, frozenset[str]] = {
    State.EXPECTED: frozenset({Kind.ARRIVED, Kind.LATE, Kind.BEGAN, Kind.NO_SHOW}),
    State.LATE: frozenset({Kind.ARRIVED, Kind.BEGAN, Kind.NO_SHOW}),
    State.ARRIVED: frozenset({Kind.BEGAN, Kind.LEFT, Kind.NO_SHOW}),
    State.BEGAN: frozenset({Kind.DONE, Kind.LEFT}),
    State.DONE: frozenset(),
    State.NO_SHOW: frozenset({Kind.ARRIVED, Kind.BEGAN, Kind.LATE}),
    State.LEFT: frozenset({Kind.BEGAN}),
}


class AttendanceNotPossible(Refusal):
    """Something else has been recorded, which would have to be undone first."""

    kind = "attendance-not-possible"
    status = 409


@dataclass(frozen=True, slots=True)
class Attendance:
    """What the events of a meeting come to; `began` is the check-in."""

    state: str
    last: AttendanceEvent | None
    began: AttendanceEvent | None


def fold(events: Sequence[AttendanceEvent]) -> Attendance:
    """The attendance by the events in the order written; what was undone does not count."""
    undone = {event.undoes_id for event in events}
    standing = [event for event in events if event.kind != Kind.UNDONE and event.pk not in undone]
    last = standing[-1] if standing else None
    began = next((event for event in standing if event.kind == Kind.BEGAN), None)
    return Attendance(last.kind if last else State.EXPECTED, last, began)


def attendance_of(meeting: int) -> Attendance:
    """What has been recorded of the meeting with that key until now; one query."""
    return fold(events_of(meeting))


def events_of(meeting: int) -> list[AttendanceEvent]:
    """The events of the meeting with that key, in the order written."""
    return list(AttendanceEvent.objects.filter(meeting=meeting).order_by("pk"))


def add_event(
    meeting: int, kind: str, *, undoes: AttendanceEvent | None = None, by: User, at: datetime
) -> Attendance:
    """Write an event of the meeting with that key, whose desk must be locked, and answer what all now come to.

    It is not dated before the event before it. The database writes into the meeting what its events come to.
    """
    events = events_of(meeting)
    at = max([at, *(event.at for event in events[-1:])])
    event = AttendanceEvent.objects.create(meeting_id=meeting, kind=kind, undoes=undoes, by=by, at=at)
    return fold([*events, event])


def record_kind(meeting: int, kind: str, *, by: User, at: datetime) -> Attendance:
    """Write that the party came in this way; a second time changes nothing. Raises AttendanceNotPossible."""
    found = attendance_of(meeting)
    if found.state == kind:
        return found
    if kind not in FOLLOWS[found.state]:
        raise AttendanceNotPossible(_already(found.state))
    return add_event(meeting, kind, by=by, at=at)


def undo_kind(meeting: int, kind: str, *, by: User, at: datetime) -> Attendance:
    """Undo what was recorded last, which must be of this kind. Raises AttendanceNotPossible."""
    found = attendance_of(meeting)
    if found.last is None or found.last.kind != kind:
        raise AttendanceNotPossible(_already(found.state))
    return add_event(meeting, Kind.UNDONE, undoes=found.last, by=by, at=at)


def forget_attendance(meeting: int, *, by: User, at: datetime) -> None:
    """Undo all that was recorded, because the meeting gets another time; what was written stays."""
    while (found := attendance_of(meeting)).last:
        add_event(meeting, Kind.UNDONE, undoes=found.last, by=by, at=at)


def _already(state: str) -> str:
    return _("It is recorded: %(state)s. Undo that first.") % {"state": State(state).label}
