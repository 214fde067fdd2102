"""Check that a proposal can still be booked, against the calendars of the resources that it asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import Location, Site, SiteDay
from agencies.refusals import Refusal
from bookings.attendance.rules import RequiredMeeting
from bookings.availability.calendars import Horizon
from bookings.availability.claims import spans_of_chain, spans_of_groups
from bookings.availability.problem import (
    RuleBook,
    SiteCalendars,
    load_rule_book,
    load_site_calendars,
    problem_for,
)
from bookings.models import Chain, Meeting, Newcomer, Party
from bookings.parties.queries import meetings_by_key, profile_of
from bookings.planner import SLOT_MINUTES, Placed, Plan, Stop, check, fold
from bookings.proposals.signed import Offer, Proposal

# Complaints of the checker that do not refuse a booking: the interpreter's pay may have changed since the proposal.
IGNORED = {"pay"}


class SlotTaken(Refusal):
    kind = "slot-taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just taken that time."))


@dataclass(frozen=True)
class CheckedPlacement:
    """A proposal that passed the check, with the rows that writing it needs."""

    proposal: Proposal
    party: Party
    site_day: SiteDay
    rule_book: RuleBook
    site_calendars: SiteCalendars
    required: Mapping[str, RequiredMeeting]  # by key
    lifted: Mapping[
        int, Sequence[tuple[int, int]]
    ]  # claims of the chain to move, as `spans_of_chain` gives them
    left_out: tuple[str, ...] = ()  # codes of agencies that the rules ask for and that have no desk there

    def person(self, offer: Offer) -> Newcomer | None:
        """The adult who is met alone."""
        alone = self.required[offer.key].alone
        return None if alone is None else list(self.party.members.all())[alone]

    @property
    def interpreter(self) -> int | None:
        """The interpreter's primary key."""
        resource = self.proposal.interpreter
        return None if resource is None else self.site_calendars.holders()[resource]


def check_placement(
    *, proposal: Proposal, party: Party, at: datetime, moving: Chain | None = None
) -> CheckedPlacement:
    """Check the proposal as if the claims of the chain to move were free. Raises SlotTaken."""
    site_day = SiteDay.objects.select_related("location__site").filter(pk=proposal.site_day).first()
    if site_day is None or not _is_bookable(site_day, moving):
        raise SlotTaken
    if not moving and min(offer.starts_at for offer in proposal.offers) <= at:
        raise SlotTaken
    profile = profile_of(party).without(proposal.without)
    if proposal.outside:
        profile = replace(profile, interpreter_language="")
    rule_book = load_rule_book(profile, track=proposal.track)
    lifted = spans_of_chain(moving) if moving else {}
    grouped = _in_groups(proposal, moving)
    for resource, spans in spans_of_groups(grouped.values()).items():
        lifted.setdefault(resource, []).extend(spans)
    site_calendars = load_site_calendars(
        [site_day], profile, rule_book, only=proposal.resources, lifted=lifted
    )
    by_rule = rule_book.required_meetings(profile, track=proposal.track, day=site_day.date)
    required = _met_there(proposal, by_rule, rule_book, site_day.location)
    problem = problem_for(
        site_calendars,
        rule_book,
        profile,
        required,
        days=[0],
        elsewhere={*_without_room(proposal, moving), *grouped},
    )
    problem = replace(problem, stops=tuple(_as_long(stop, proposal, grouped) for stop in problem.stops))
    folded = fold(problem, dict(proposal.together))
    ignored = (
        IGNORED | {"waiting"} if grouped else IGNORED
    )  # whoever is met in a group waits as the group has it
    try:
        plan = folded.folded(_plan(proposal, site_calendars.horizon))
    except ValueError:
        raise SlotTaken from None
    if set(check(folded.problem, plan)) - ignored:
        raise SlotTaken
    by_key = {meeting.key: meeting for meeting in required}
    missing = dict.fromkeys(meeting.agency for meeting in by_rule if meeting.key not in by_key)
    return CheckedPlacement(
        proposal, party, site_day, rule_book, site_calendars, by_key, lifted, tuple(missing)
    )


def _is_bookable(site_day: SiteDay, moving: Chain | None) -> bool:
    """Whether the day is open; who is booked on it may stay while its place pauses or it is merged into another one."""
    location = site_day.location
    if site_day.closed_at or location.site.state != Site.State.OPEN:
        return False
    stays = moving is not None and moving.site_day_id == site_day.pk
    return stays or (location.state == Site.State.OPEN and site_day.merges_into is None)


def _in_groups(proposal: Proposal, moving: Chain | None) -> dict[str, int]:
    """The keys of the groups in which meetings are held that are offered as they are booked."""
    if moving is None:
        return {}
    booked = {key: one for key, one in meetings_by_key(moving).items() if one.group_id}
    return {
        offer.key: group
        for offer in proposal.offers
        if (one := booked.get(offer.key)) and one.starts_at == offer.starts_at and (group := one.group_id)
    }


def _as_long(stop: Stop, proposal: Proposal, grouped: Mapping[str, int]) -> Stop:
    """A meeting in a group is as long as the group's."""
    if stop.agency not in grouped:
        return stop
    return replace(stop, slots=next(offer.slots for offer in proposal.offers if offer.key == stop.agency))


def _without_room(proposal: Proposal, moving: Chain | None) -> set[str]:
    """The meetings that are booked without a room because they are held at a distance, and are offered none."""
    if moving is None:
        return set()
    remote = {key for key, one in meetings_by_key(moving).items() if one.form != Meeting.Form.ON_SITE}
    return {offer.key for offer in proposal.offers if offer.room is None and offer.key in remote}


def _met_there(
    proposal: Proposal, by_rule: Sequence[RequiredMeeting], rule_book: RuleBook, location: Location
) -> list[RequiredMeeting]:
    """The party's meetings on that day; only local agencies may be left out, which may have no desk there.

    An agency that checks identity is left out where that cannot be done.
    """
    offered = {offer.code for offer in proposal.offers}
    met = [one for one in by_rule if not rule_book.is_barred(one.agency, location)]
    return [one for one in met if one.agency in offered or not rule_book.is_local(one.agency)]


def _plan(proposal: Proposal, horizon: Horizon) -> Plan:
    """The proposal as the checker reads it, in slots of the horizon."""
    return Plan(
        day=0,
        meetings=tuple(_placed(offer, horizon.slot(offer.starts_at)) for offer in proposal.offers),
        interpreter=proposal.interpreter,
        waiting=proposal.waiting_minutes // SLOT_MINUTES,
        added_pay=0,
    )


def _placed(offer: Offer, start: int) -> Placed:
    return Placed(offer.key, start, start + offer.slots, offer.desk, offer.room)
