"""Record how a party comes to a meeting, and undo it; a check-in discloses the names to the desk's agency that day."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.clock import at_wall_clock, local
from agencies.dates import full_date
from agencies.models import Agency, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from bookings.attendance.keys import address_of, agency_of, key_of, keys_named
from bookings.chains.attendance_log import (
    Attendance,
    Kind,
    attendance_of,
    record_kind,
    undo_kind,
)
from bookings.chains.book import NotBooked
from bookings.chains.versions import ChangedMeanwhile, Seen, require_seen
from bookings.models import Chain, Disclosure, ExpectedParty, Meeting
from bookings.parties.queries import keys_of
from bookings.visits.disclose import close_check_in, disclose

RECORDABLE = frozenset(Kind.values) - {Kind.UNDONE}
# A party comes on the day itself; what became of the meeting may be written down the day after.
LATER = frozenset({Kind.DONE, Kind.LEFT, Kind.NO_SHOW, Kind.UNDONE})


Found = TypeVar("Found", Meeting, ExpectedParty)


class NoSuchMeeting(Refusal):
    kind = "no-such-meeting"
    field = "agency"


class WhichMeeting(Refusal):
    """The agency has several meetings of the chain, and the request names none of them."""

    kind = "which-meeting"
    status = 409
    field = "agency"


class NotThatDay(Refusal):
    """Attendance is recorded on the day of the meeting."""

    kind = "not-that-day"
    status = 409


class NothingToRecord(Refusal):
    """No kind of attendance is called that, or none that is recorded by itself."""

    kind = "nothing-to-record"
    field = "kind"


@dataclass(frozen=True)
class MeetingAtDesk:
    """A meeting as the chain's owner (with `chain`) or as the agency that is met (with `visit`) reads it."""

    meeting: Meeting
    state: str
    party_id: int
    owner: Agency
    site_day: SiteDay
    chain: Chain | None = None
    visit: ExpectedParty | None = None

    def require_seen(self, seen: Seen) -> None:
        """Raises ChangedMeanwhile unless the caller has seen the chain or the visit as it is."""
        if self.chain:
            require_seen(self.chain, seen)
        elif self.visit and seen is not None and tag_of_visit(self.visit) not in seen:
            raise ChangedMeanwhile(_("This visit has changed since you looked."))


def check_in(*, reference: str, agency: str, by: User, at: datetime, seen: Seen = None) -> Meeting:
    """Record that the chain's meeting with the agency has begun. Raises what `record_attendance` raises."""
    return record_attendance(reference=reference, agency=agency, kind=Kind.BEGAN, by=by, at=at, seen=seen)


def record_attendance(
    *, reference: str, agency: str, kind: str, by: User, at: datetime, seen: Seen = None
) -> Meeting:
    """Record one of `AttendanceEvent.Kind` but an undo; a second time changes nothing.

    Names are disclosed when a meeting begins, only to the agency that is met and by its own user.
    `agency`: its code, and where it has several meetings of the chain a name such as "AF:2" or "AF:0".
    Raises NoSuchMeeting, WhichMeeting, NotBooked, NotThatDay, AttendanceNotPossible, NothingToRecord or
    ChangedMeanwhile; then nothing is written.
    """
    require_recordable(kind)
    at_desk = _lock(reference, agency)
    meeting = at_desk.meeting
    if attendance_of(meeting.pk).state != kind:
        at_desk.require_seen(seen)
        require_day(at_desk.site_day.date, kind, at=at)
        _remember(meeting, record_kind(meeting.pk, kind, by=by, at=at))
    is_today = local(at).date() == at_desk.site_day.date
    if kind == Kind.BEGAN and by.agency_id == meeting.agency_id != at_desk.owner.pk and is_today:
        _open_names(at_desk, at=at)
    return meeting


def undo_attendance(
    *, reference: str, agency: str, kind: str, by: User, at: datetime, seen: Seen = None
) -> Meeting:
    """Undo what was recorded last, which must be of this kind; what does not stand any more is left as it is.

    Undoing a check-in shuts the names that it opened.
    Raises what `record_attendance` raises.
    """
    require_recordable(kind)
    at_desk = _lock(reference, agency)
    found = attendance_of(at_desk.meeting.pk)
    if found.last is None or (found.last.kind != kind and not (kind == Kind.BEGAN and found.began)):
        return at_desk.meeting
    at_desk.require_seen(seen)
    if found.last.kind == kind and local(at).date() > at_desk.site_day.date:
        require_day(at_desk.site_day.date, Kind.UNDONE, at=at)
    _remember(at_desk.meeting, undo_kind(at_desk.meeting.pk, kind, by=by, at=at))
    if kind == Kind.BEGAN:
        close_check_in(
            party_id=at_desk.party_id, agency=at_desk.meeting.agency, site=at_desk.site_day.location.site
        )
    return at_desk.meeting


def tag_of_visit(visit: ExpectedParty) -> str:
    """The entity tag of a visit, without its quotation marks: a hash of all that the agency sees of it."""
    plain = repr([getattr(visit, field.attname) for field in visit._meta.concrete_fields])
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def require_day(day: date, kind: str, *, at: datetime) -> None:
    """Raises NotThatDay unless that kind may be recorded now of a meeting on that day."""
    today = local(at).date()
    if today != day and not (kind in LATER and today == day + timedelta(days=1)):
        words = {"day": full_date(day, get_language() or "sv")}
        raise NotThatDay(_("This day is %(day)s; who comes is recorded then.") % words)


def require_recordable(kind: str) -> None:
    """Raises NothingToRecord."""
    if kind not in RECORDABLE:
        raise NothingToRecord(_("That is nothing that can be recorded of a meeting."))


def _remember(meeting: Meeting, found: Attendance) -> None:
    """Give the meeting what the database has written into its row."""
    meeting.attendance = found.state
    meeting.checked_in_at = found.began.at if found.began else None
    meeting.checked_in_by_id = found.began.by_id if found.began else None


def _open_names(at_desk: MeetingAtDesk, *, at: datetime) -> None:
    """Disclose the party's names to the desk's agency until midnight.

    What an earlier day has opened goes first: an agency may shut it, but not change it.
    """
    until = at_wall_clock(at_desk.site_day.date + timedelta(days=1), time(0))
    where: dict[str, Any] = {
        "party_id": at_desk.party_id,
        "agency": at_desk.meeting.agency,
        "site": at_desk.site_day.location.site,
    }
    close_check_in(**where, but_until=until)
    disclose(
        **where,
        newcomer_id=None,
        discloser=at_desk.owner,
        category=Disclosure.Category.NAMES,
        source=Disclosure.Source.CHECK_IN,
        until=until,
        at=at,
    )


def _lock(reference: str, agency: str) -> MeetingAtDesk:
    """The meeting, read again under the lock of its desk. Raises NoSuchMeeting or NotBooked."""
    at_desk = _meeting_at_desk(reference, agency)
    desk = at_desk.meeting.caseworker.resource_id
    assert desk is not None
    lock_resources([desk], days=[at_desk.site_day.pk])
    at_desk = _meeting_at_desk(reference, agency)
    if at_desk.state == Chain.State.CANCELLED:
        raise NotBooked(_("This day is %(state)s.") % {"state": Chain.State(at_desk.state).label})
    return at_desk


def _meeting_at_desk(reference: str, agency: str) -> MeetingAtDesk:
    if found := _own_meeting(reference, agency) or _visited_meeting(reference, agency):
        return found
    raise NoSuchMeeting(_("This chain has no meeting with that agency."))


def _named(typed: str, by_key: Mapping[str, Found]) -> Found | None:
    """The meeting that is meant, if it is there. Raises WhichMeeting."""
    keys = keys_named(typed, by_key)
    if len(keys) > 1:
        choices = " / ".join(address_of(key, by_key) for key in by_key)
        raise WhichMeeting(
            _("This chain has several meetings with that agency. Say which: %(choices)s.")
            % {"choices": choices}
        )
    return by_key[keys[0]] if keys else None


def _own_meeting(reference: str, agency: str) -> MeetingAtDesk | None:
    meetings = list(
        Meeting.objects.select_related(
            "agency", "caseworker", "chain__party__owner", "chain__site_day__location__site"
        ).filter(chain__reference=reference, agency__code=agency_of(agency))
    )
    keys = keys_of(meetings[0].chain, meetings) if meetings else []
    meeting = _named(agency, dict(zip(keys, meetings, strict=True)))
    if meeting is None:
        return None
    chain = meeting.chain
    return MeetingAtDesk(meeting, chain.state, chain.party_id, chain.party.owner, chain.site_day, chain=chain)


def _visited_meeting(reference: str, agency: str) -> MeetingAtDesk | None:
    expected = ExpectedParty.objects.select_related(
        "agency", "meeting__agency", "meeting__caseworker", "owner", "site_day__location__site"
    )
    found = expected.filter(chain_reference=reference, agency__code=agency_of(agency))
    visit = _named(agency, {key_of(visit.agency.code, visit.adult): visit for visit in found})
    if visit is None:
        return None
    return MeetingAtDesk(visit.meeting, visit.state, visit.party_id, visit.owner, visit.site_day, visit=visit)
