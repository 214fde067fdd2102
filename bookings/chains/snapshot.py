"""A day as it is at one moment, for what keeps it: the summons and the history."""

from collections.abc import Mapping
from dataclasses import replace

from bookings.attendance.keys import adult_of
from bookings.attendance.rules import is_adult
from bookings.chains.placement import CheckedPlacement
from bookings.models import Chain, Meeting
from bookings.parties.queries import meetings_by_key, together_of
from bookings.proposals.signed import Offer, Proposal
from bookings.summons.summoned_day import SummonedDay, SummonedSiteDay, SummonedStop


def summoned_day(placement: CheckedPlacement, *, outside: str) -> SummonedDay:
    """The day that the placement's summons tells of; `outside` as the chain's `outside_interpreter`."""
    members = list(placement.party.members.all())
    keys = [member.pk for member in members]
    adults = sum(is_adult(member.birth_date, placement.site_day.date) for member in members)
    stops = tuple(_stop(placement, offer, keys) for offer in placement.proposal.offers)
    return SummonedDay(
        (SummonedSiteDay(placement.site_day.pk, stops),),
        placement.interpreter,
        outside=str(outside),
        adults=adults,
        children=len(members) - adults,
    )


def with_forms(day: SummonedDay, chain: Chain) -> SummonedDay:
    """The day with the forms in which the chain's meetings are held, and with the interpreter it has by now."""
    held = {(meeting.agency_id, meeting.person_id): meeting for meeting in chain.meetings.all()}
    days = (
        replace(one, stops=tuple(_held(stop, held.get((stop.agency, stop.alone))) for stop in one.stops))
        for one in day.days
    )
    outside = str(chain.outside_interpreter)
    return replace(day, days=tuple(days), interpreter=chain.interpreter_id, outside=outside)


def _held(stop: SummonedStop, meeting: Meeting | None) -> SummonedStop:
    if meeting is None:
        return stop
    form = "" if meeting.form == Meeting.Form.ON_SITE else str(meeting.form)
    return replace(stop, form=form, tool=meeting.tool, group=meeting.group_id is not None)


def _stop(placement: CheckedPlacement, offer: Offer, keys: list[int]) -> SummonedStop:
    required, person = placement.required[offer.key], placement.person(offer)
    return SummonedStop(
        agency=offer.agency,
        code=offer.code,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        who=required.who,
        members=tuple(keys[position] for position in required.members),
        alone=person.pk if person else None,
    )


def placement_facts(placement: CheckedPlacement) -> dict[str, str]:
    """When and where the day is, as an event of the history keeps it."""
    offers = placement.proposal.offers
    return {
        "starts_at": offers[0].starts_at.isoformat(),
        "ends_at": offers[-1].ends_at.isoformat(),
        "site": placement.site_day.location.site.name,
        "without": " ".join(placement.proposal.without),
    }


def chain_facts(chain: Chain) -> dict[str, str]:
    """The same of a chain that is booked."""
    meetings = list(chain.meetings.order_by("starts_at"))
    return {
        "starts_at": meetings[0].starts_at.isoformat(),
        "ends_at": meetings[-1].ends_at.isoformat(),
        "site": chain.site_day.location.site.name,
    }


def moved_meetings(chain: Chain, placement: CheckedPlacement) -> dict[str, dict[str, str]]:
    """When the meetings that the placement moves begin, by key: `was` until now, `moved` from now on."""
    booked = {key: meeting.starts_at for key, meeting in meetings_by_key(chain).items()}
    moved = {
        offer.key: offer.starts_at
        for offer in placement.proposal.offers
        if booked.get(offer.key) != offer.starts_at
    }
    return {
        "was": {key: booked[key].isoformat() for key in moved if key in booked},
        "moved": {key: starts_at.isoformat() for key, starts_at in moved.items()},
    }


def booked_proposal(chain: Chain) -> Proposal:
    """The booked day as a proposal of itself."""
    meetings = meetings_by_key(chain)
    together = together_of(meetings)
    return Proposal(
        party=chain.party.reference,
        site_day=chain.site_day_id,
        track=chain.track.number,
        interpreter=chain.interpreter.resource_id if chain.interpreter else None,
        waiting_minutes=chain.waiting_minutes,
        outside=bool(chain.outside_interpreter),
        offers=tuple(_offer(key, meetings[key]) for key in _in_order(meetings, together)),
        together=tuple(sorted(together.items())),
    )


def _in_order(meetings: Mapping[str, Meeting], together: Mapping[str, str]) -> list[str]:
    """The meetings by time; of those that are held together their host first."""
    return sorted(meetings, key=lambda key: (meetings[key].starts_at, key in together))


def _offer(key: str, meeting: Meeting) -> Offer:
    desk = meeting.caseworker.resource_id
    assert desk is not None
    is_of_others = bool(meeting.group_id or meeting.together_with_id)
    return Offer(
        agency=meeting.agency_id,
        code=meeting.agency.code,
        desk=desk,
        room=meeting.room.resource_id if meeting.room and not is_of_others else None,
        start=int(meeting.starts_at.timestamp()) // 60,
        end=int(meeting.ends_at.timestamp()) // 60,
        adult=adult_of(key),
    )
