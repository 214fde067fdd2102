"""Write the meetings of a checked placement and a claim for every resource that each of them uses."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.availability.claims import insert_claims
from bookings.chains.attendance_log import forget_attendance
from bookings.chains.placement import CheckedPlacement
from bookings.models import Chain, Claim, Meeting
from bookings.planner import SLOT_MINUTES, claim_end, slots_for
from bookings.proposals.signed import Offer

Whom = tuple[int, int | None]  # the keys of an agency, and of the adult who is met alone


class MeetingHasBegun(Refusal):
    kind = "meeting-has-begun"
    status = 409


def write_meetings(
    *, chain: Chain, placement: CheckedPlacement, by: User, at: datetime, is_moved: bool
) -> None:
    """Insert the chain's meetings and claims; of a moved chain the old claims go first, its meetings are kept.

    Raises MeetingHasBegun, and IntegrityError when a claim overlaps another one's.
    """
    offers = placement.proposal.offers
    kept = _release(chain, placement, by=by, at=at) if is_moved else {}
    meetings = [_meeting(chain, placement, offer, kept.get(_whom(placement, offer))) for offer in offers]
    _join(meetings, placement)
    Meeting.objects.bulk_create([meeting for meeting in meetings if meeting.pk is None])
    for meeting in kept.values():
        meeting.save()
    insert_claims(
        (meeting.pk, resource, offer.starts_at, until)
        for meeting, offer in zip(meetings, offers, strict=True)
        for resource, until in _claims(placement, offer, meeting)
    )


def _whom(placement: CheckedPlacement, offer: Offer) -> Whom:
    person = placement.person(offer)
    return offer.agency, person.pk if person else None


def _release(chain: Chain, placement: CheckedPlacement, *, by: User, at: datetime) -> dict[Whom, Meeting]:
    """Delete the chain's claims and the meetings that it no longer has; gives the other meetings.

    What was recorded of a meeting's old time, such as that nobody came, is undone.
    """
    starts = {_whom(placement, offer): offer.starts_at for offer in placement.proposal.offers}
    meetings = {(meeting.agency_id, meeting.person_id): meeting for meeting in chain.meetings.all()}
    moved = [one for whom, one in meetings.items() if starts.get(whom) != one.starts_at]
    if any(meeting.checked_in_at for meeting in moved):
        raise MeetingHasBegun(_("A meeting that has begun cannot be moved."))
    for meeting in moved:
        if meeting.attendance != Meeting.Attendance.EXPECTED:
            forget_attendance(meeting.pk, by=by, at=at)
            meeting.attendance = Meeting.Attendance.EXPECTED
    Claim.objects.filter(meeting__chain=chain).delete()
    kept = {whom: meeting for whom, meeting in meetings.items() if whom in starts}
    chain.meetings.exclude(pk__in=[meeting.pk for meeting in kept.values()]).delete()
    return kept


def _meeting(chain: Chain, placement: CheckedPlacement, offer: Offer, kept: Meeting | None) -> Meeting:
    meeting = kept or Meeting(chain=chain, agency_id=offer.agency, person=placement.person(offer))
    holders = placement.site_calendars.holders()
    meeting.service_id = placement.rule_book.services[offer.code].pk
    meeting.caseworker_id = holders[offer.desk]
    meeting.group = None  # the group holds its own desk; who moves has one alone
    room = offer.room if meeting.form == Meeting.Form.ON_SITE else None
    meeting.room_id = None if room is None else holders[room]
    meeting.who = placement.required[offer.key].who
    meeting.starts_at, meeting.ends_at = offer.starts_at, offer.ends_at
    return meeting


def _join(meetings: Sequence[Meeting], placement: CheckedPlacement) -> None:
    """Hold each meeting by itself, or as the proposal says in the room of the one that it is held with."""
    keys = [offer.key for offer in placement.proposal.offers]
    named, hosts = dict(zip(keys, meetings, strict=True)), dict(placement.proposal.together)
    for key, meeting in named.items():
        meeting.together_with = named.get(hosts.get(key, ""))
        if meeting.together_with:
            meeting.room_id = meeting.together_with.room_id


def _claims(placement: CheckedPlacement, offer: Offer, meeting: Meeting) -> Iterator[tuple[int, datetime]]:
    """Each resource that the meeting claims from its beginning, and until when; a room only if it is at the place.

    What is held together with another meeting holds its desk alone; that one holds the rest for both.
    """
    yield offer.desk, offer.ends_at
    if meeting.together_with_id:
        return
    yield placement.party.resource_id, offer.ends_at
    if offer.room is not None and meeting.form == Meeting.Form.ON_SITE:
        yield offer.room, offer.ends_at
    if placement.proposal.interpreter is not None:
        yield placement.proposal.interpreter, _interpreter_until(placement, offer)


def _interpreter_until(placement: CheckedPlacement, offer: Offer) -> datetime:
    """When the interpreter is free again: after the walk, but at the end of the shift at the latest."""
    calendars = placement.site_calendars
    assert calendars.interpreters
    end = calendars.horizon.slot(offer.starts_at) + offer.slots
    walk = slots_for(placement.site_day.location.site.walk_minutes)
    slots = claim_end(calendars.interpreters[0].calendar, end, walk) - end
    return offer.ends_at + timedelta(minutes=SLOT_MINUTES * slots)
