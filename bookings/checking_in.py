"""Check in: a caseworker says that the party is at the desk."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.booking import NotBooked
from bookings.claims import lock_resources
from bookings.models import Chain, Event, Meeting


class NoSuchMeeting(Refusal):
    kind = "no-such-meeting"
    field = "agency"


def check_in(*, chain: Chain, agency: str, by: User, at: datetime) -> Meeting:
    """Mark the chain's meeting with the agency as begun; a second time changes nothing."""
    lock_resources([chain.party.resource_id])
    chain.refresh_from_db(fields=["state"])
    if chain.state != Chain.State.BOOKED:
        raise NotBooked(_("This day is %(state)s.") % {"state": chain.get_state_display()})
    meeting = chain.meetings.select_related("agency").filter(agency__code=agency).first()
    if meeting is None:
        raise NoSuchMeeting(_("This chain has no meeting with that agency."))
    if meeting.checked_in_at is None:
        meeting.checked_in_at, meeting.checked_in_by = at, by
        meeting.save(update_fields=["checked_in_at", "checked_in_by"])
        Event.objects.create(
            party=chain.party, chain=chain, kind=Event.Kind.CHECKED_IN, at=at, by=by, facts={"agency": agency}
        )
    return meeting
