"""The attendance events of a meeting: what stands of them, and a further one with the state that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agencies.models import User
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


def attendance_of(meeting: Meeting) -> Attendance:
    """What has been recorded of the meeting until now; one query."""
    return fold(list(meeting.attendance_events.all()))


def add_event(
    meeting: Meeting, kind: str, *, undoes: AttendanceEvent | None = None, by: User, at: datetime
) -> None:
    """Write the event, not dated before the one before it, and fold all into the meeting, which must be locked."""
    events = list(meeting.attendance_events.all())
    at = max([at, *(event.at for event in events[-1:])])
    event = AttendanceEvent.objects.create(meeting=meeting, kind=kind, undoes=undoes, by=by, at=at)
    found = fold([*events, event])
    meeting.attendance = found.state
    meeting.checked_in_at = found.began.at if found.began else None
    meeting.checked_in_by_id = found.began.by_id if found.began else None
    meeting.save(update_fields=["attendance", "checked_in_at", "checked_in_by"])


def forget_attendance(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Undo all that was recorded, because the meeting gets another time; what was written stays."""
    while (found := attendance_of(meeting)).last:
        add_event(meeting, Kind.UNDONE, undoes=found.last, by=by, at=at)
