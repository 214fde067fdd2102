"""Record on the board how parties come: hosts and coordinators, whoever the party belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.dates import full_date
from agencies.models import Role, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from agencies.web.roles import DESK_OVERVIEW_ROLES, require_role
from bookings.chains.attendance_log import (
    Attendance,
    Kind,
    State,
    attendance_of,
    fold,
    record_kind,
    undo_kind,
)
from bookings.chains.book import NotBooked
from bookings.chains.check_in import NoSuchMeeting, require_day, require_recordable
from bookings.models import AttendanceEvent, Chain, MeetingOnBoard
from bookings.references import code_in, is_whole

# A check-in is the desk's own: it opens the names to it.
OF_HOSTS = frozenset({Kind.ARRIVED, Kind.LATE, Kind.NO_SHOW, Kind.LEFT})
AT_THE_HOUSE = frozenset({State.ARRIVED, State.BEGAN})


class UnknownCode(Refusal):
    """No letter for this site has that code."""

    kind = "unknown-code"
    field = "code"


class AnotherDay(Refusal):
    """The letter is for another day or place of the site."""

    kind = "another-day"
    status = 409
    field = "code"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a code came to: the key of the meeting, and whether the party had already come before."""

    meeting: int
    was_here: bool


def record_on_board(*, meeting: int, kind: str, by: User, at: datetime) -> Attendance:
    """Record one of `AttendanceEvent.Kind` of the meeting with that key; a second time changes nothing.

    Raises NotForYourRole, NoSuchMeeting, NothingToRecord, NotThatDay or AttendanceNotPossible.
    """
    day = _lock(meeting, kind, by=by)
    if attendance_of(meeting).state != kind:
        require_day(day.date, kind, at=at)
    return record_kind(meeting, kind, by=by, at=at)


def undo_on_board(*, meeting: int, kind: str, by: User, at: datetime) -> Attendance:
    """Undo what was recorded last of the meeting, which must be of this kind; what no longer stands is left as it is.

    Raises what `record_on_board` raises.
    """
    day = _lock(meeting, kind, by=by)
    found = attendance_of(meeting)
    if found.last is None:
        return found
    require_day(day.date, Kind.UNDONE, at=at)
    return undo_kind(meeting, kind, by=by, at=at)


def arrive(*, code: str, site_day: SiteDay, by: User, at: datetime) -> Arrival:
    """Record that the party whose letter has this reference has come, for its next meeting; twice changes nothing.

    Raises NotForYourRole, UnknownCode, NotBooked, AnotherDay, NotThatDay or AttendanceNotPossible.
    """
    _require_receives(by)
    keys = _keys_of_code(code, site_day)
    meeting = _next_of(keys, at=at)
    _lock(meeting, Kind.ARRIVED, by=by)
    if any(found.state in AT_THE_HOUSE for found in _attendances(keys).values()):
        return Arrival(meeting, was_here=True)
    record_on_board(meeting=meeting, kind=Kind.ARRIVED, by=by, at=at)
    return Arrival(meeting, was_here=False)


def _keys_of_code(typed: str, site_day: SiteDay) -> list[int]:
    """Keys of the day's meetings to which the code leads, in time order. Raises UnknownCode, NotBooked, AnotherDay."""
    code = code_in(typed)
    found = _meetings_by_code(code) if is_whole(code) else []
    if not found:
        raise UnknownCode(_("No letter for this site has that code. Read it once more: six characters."))
    if all(state == Chain.State.CANCELLED for _key, _day, state in found):
        raise NotBooked(_("This day is %(state)s.") % {"state": Chain.State.CANCELLED.label})
    if all(day != site_day.pk for _key, day, _state in found):
        raise AnotherDay(_that_day(SiteDay.objects.select_related("location").get(pk=found[0][1])))
    return [key for key, day, _state in found if day == site_day.pk]


def _meetings_by_code(code: str) -> list[tuple[int, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT meeting_id, site_day_id, state FROM meetings_by_code(%s)", [code])
        return list(cursor.fetchall())


def _that_day(day: SiteDay) -> str:
    words = {"day": full_date(day.date, get_language() or "sv"), "place": day.location}
    return _("That letter is for %(day)s, %(place)s.") % words


def _next_of(keys: Sequence[int], *, at: datetime) -> int:
    """The meeting to which the party comes now: the first that is neither held nor past, or else the last."""
    states = {key: found.state for key, found in _attendances(keys).items()}
    ends = dict(MeetingOnBoard.objects.filter(meeting__in=keys).values_list("meeting", "ends_at"))
    open_ones = [key for key in keys if states[key] not in {State.DONE, State.LEFT}]
    return next((key for key in open_ones if ends[key] > at), (open_ones or keys)[-1])


def _attendances(keys: Sequence[int]) -> dict[int, Attendance]:
    """What has been recorded of each of these meetings; one query."""
    events: dict[int, list[AttendanceEvent]] = {key: [] for key in keys}
    for event in AttendanceEvent.objects.filter(meeting__in=keys).order_by("pk"):
        events[event.meeting_id].append(event)
    return {key: fold(found) for key, found in events.items()}


def _lock(meeting: int, kind: str, *, by: User) -> SiteDay:
    """The day of the meeting, whose desk is locked until the transaction ends."""
    _require_receives(by)
    require_recordable(kind)
    if by.role == Role.HOST and kind not in OF_HOSTS:
        require_role(by, Role.COORDINATOR, message=_("The desk records that itself."))
    on_board = MeetingOnBoard.objects.select_related("caseworker", "site_day").filter(meeting=meeting).first()
    if on_board is None:
        raise NoSuchMeeting(_("This meeting is not on your board."))
    assert on_board.caseworker.resource_id is not None
    lock_resources([on_board.caseworker.resource_id], days=[on_board.site_day_id])
    return on_board.site_day


def _require_receives(by: User) -> None:
    require_role(by, *DESK_OVERVIEW_ROLES, message=_("Hosts and coordinators record this on the board."))
