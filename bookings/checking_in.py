"""Check in: a caseworker says that the party is at the desk, which opens its names to the desk's agency that day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from agencies.hours import at_wall_clock, local
from agencies.models import Agency, SiteDay, User
from agencies.refusals import Refusal
from bookings.booking import NotBooked
from bookings.claims import lock_resources
from bookings.disclosing import disclose
from bookings.models import Chain, Disclosure, Event, ExpectedParty, Meeting


class NoSuchMeeting(Refusal):
    kind = "no-such-meeting"
    field = "agency"


@dataclass(frozen=True)
class Stop:
    """A meeting, whoever looks at it: the owner of its chain, or the agency that is met."""

    meeting: Meeting
    state: str
    party_id: int
    owner: Agency
    site_day: SiteDay


def check_in(*, reference: str, agency: str, by: User, at: datetime) -> Meeting:
    """Mark the chain's meeting with the agency as begun; a second time changes nothing."""
    stop = _lock(_stop(reference, agency), reference, agency)
    if stop.state != Chain.State.BOOKED:
        raise NotBooked(_("This day is %(state)s.") % {"state": Chain.State(stop.state).label})
    meeting = stop.meeting
    if meeting.checked_in_at is None:
        meeting.checked_in_at, meeting.checked_in_by = at, by
        meeting.save(update_fields=["checked_in_at", "checked_in_by"])
        Event.objects.create(
            party_id=stop.party_id,
            chain_id=meeting.chain_id,
            kind=Event.Kind.CHECKED_IN,
            at=at,
            by=by,
            facts={"agency": agency},
        )
    if by.agency_id == meeting.agency_id != stop.owner.pk and local(at).date() == stop.site_day.date:
        _open_names(stop, at=at)
    return meeting


def _open_names(stop: Stop, *, at: datetime) -> None:
    """Until midnight; before the day itself nobody is at a desk, whatever has been ticked."""
    disclose(
        party_id=stop.party_id,
        newcomer_id=None,
        discloser=stop.owner,
        agency=stop.meeting.agency,
        site=stop.site_day.location.site,
        category=Disclosure.Category.NAMES,
        source=Disclosure.Source.CHECK_IN,
        until=at_wall_clock(stop.site_day.date + timedelta(days=1), time(0)),
        at=at,
    )


def _lock(stop: Stop, reference: str, agency: str) -> Stop:
    """The stop as it stands once nobody else can move or cancel it."""
    lock_resources([stop.meeting.caseworker.resource_id], days=[stop.site_day.pk])
    return _stop(reference, agency)


def _stop(reference: str, agency: str) -> Stop:
    if found := _own_stop(reference, agency) or _visited_stop(reference, agency):
        return found
    raise NoSuchMeeting(_("This chain has no meeting with that agency."))


def _own_stop(reference: str, agency: str) -> Stop | None:
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
    return Stop(meeting, chain.state, chain.party_id, chain.party.owner, chain.site_day)


def _visited_stop(reference: str, agency: str) -> Stop | None:
    expected = ExpectedParty.objects.select_related(
        "meeting__agency", "meeting__caseworker", "owner", "site_day__location__site"
    )
    visit = expected.filter(chain_reference=reference, agency__code=agency).first()
    if visit is None:
        return None
    return Stop(visit.meeting, visit.state, visit.party_id, visit.owner, visit.site_day)
