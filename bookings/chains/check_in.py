"""Check a party in at a desk, which discloses its names to the desk's agency for that day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from agencies.clock import at_wall_clock, local
from agencies.models import Agency, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.locks import lock_resources
from bookings.chains.book import NotBooked
from bookings.events import record_event
from bookings.models import Chain, Disclosure, Event, ExpectedParty, Meeting
from bookings.visits.disclose import disclose


class NoSuchMeeting(Refusal):
    kind = "no-such-meeting"
    field = "agency"


@dataclass(frozen=True)
class MeetingAtDesk:
    """A meeting as the chain's owner or as the agency that is met reads it."""

    meeting: Meeting
    state: str
    party_id: int
    owner: Agency
    site_day: SiteDay


def check_in(*, reference: str, agency: str, by: User, at: datetime) -> Meeting:
    """Mark the chain's meeting with the agency as begun; a second time changes nothing.

    Names are disclosed only on the day itself, and only when the user is of the agency that is met.
    Raises NoSuchMeeting or NotBooked.
    """
    at_desk = _lock(_meeting_at_desk(reference, agency), reference, agency)
    if at_desk.state != Chain.State.BOOKED:
        raise NotBooked(_("This day is %(state)s.") % {"state": Chain.State(at_desk.state).label})
    meeting = at_desk.meeting
    if meeting.checked_in_at is None:
        meeting.checked_in_at, meeting.checked_in_by = at, by
        meeting.save(update_fields=["checked_in_at", "checked_in_by"])
        record_event(
            kind=Event.Kind.CHECKED_IN,
            party_id=at_desk.party_id,
            chain_id=meeting.chain_id,
            by=by,
            at=at,
            agency=agency,
        )
    if by.agency_id == meeting.agency_id != at_desk.owner.pk and local(at).date() == at_desk.site_day.date:
        _open_names(at_desk, at=at)
    return meeting


def _open_names(at_desk: MeetingAtDesk, *, at: datetime) -> None:
    """Disclose the party's names to the desk's agency until midnight."""
    disclose(
        party_id=at_desk.party_id,
        newcomer_id=None,
        discloser=at_desk.owner,
        agency=at_desk.meeting.agency,
        site=at_desk.site_day.location.site,
        category=Disclosure.Category.NAMES,
        source=Disclosure.Source.CHECK_IN,
        until=at_wall_clock(at_desk.site_day.date + timedelta(days=1), time(0)),
        at=at,
    )


def _lock(at_desk: MeetingAtDesk, reference: str, agency: str) -> MeetingAtDesk:
    """The meeting, read again under the lock."""
    desk = at_desk.meeting.caseworker.resource_id
    assert desk is not None
    lock_resources([desk], days=[at_desk.site_day.pk])
    return _meeting_at_desk(reference, agency)


def _meeting_at_desk(reference: str, agency: str) -> MeetingAtDesk:
    if found := _own_meeting(reference, agency) or _visited_meeting(reference, agency):
        return found
    raise NoSuchMeeting(_("This chain has no meeting with that agency."))


def _own_meeting(reference: str, agency: str) -> MeetingAtDesk | None:
    meeting = (
        Meeting.objects.select_related(
            "agency", "caseworker", "chain__party__owner", "chain__site_day__location__site"
        )
        .filter(chain__reference=reference, agency__code=agency)
        .first()
    )
    if meeting is None:
        return None
    chain = meeting.chain
    return MeetingAtDesk(meeting, chain.state, chain.party_id, chain.party.owner, chain.site_day)


def _visited_meeting(reference: str, agency: str) -> MeetingAtDesk | None:
    expected = ExpectedParty.objects.select_related(
        "meeting__agency", "meeting__caseworker", "owner", "site_day__location__site"
    )
    visit = expected.filter(chain_reference=reference, agency__code=agency).first()
    if visit is None:
        return None
    return MeetingAtDesk(visit.meeting, visit.state, visit.party_id, visit.owner, visit.site_day)
