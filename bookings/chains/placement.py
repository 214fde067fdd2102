"""A proposal on its way to become claims: checked against what its resources hold, then written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import AgencyCode, Site, SiteDay
from agencies.refusals import Refusal
from bookings.attendance.profile import Profile
from bookings.attendance.rules import RequiredMeeting
from bookings.availability.claims import insert_claims, spans_of_chain
from bookings.availability.problem import (
    RuleBook,
    SiteCalendars,
    load_rule_book,
    load_site_calendars,
    problem_for,
)
from bookings.models import Chain, Claim, Meeting, Party
from bookings.parties.queries import profile_of
from bookings.planner import SLOT_MINUTES, Placed, Plan, check, claim_end
from bookings.proposals.signed import Offer, Proposal

# What the interpreter adds in pay may have changed since the proposal; that alone refuses nobody.
FORGIVEN = {"pay"}


class SlotTaken(Refusal):
    kind = "slot-taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just taken that time."))


class MeetingHasBegun(Refusal):
    kind = "meeting-has-begun"
    status = 409


@dataclass
class Placement:
    """Everything that is read before anything is written."""

    wanted: Proposal
    party: Party
    profile: Profile
    rule_book: RuleBook
    site_day: SiteDay
    moving: Chain | None
    lifted: Mapping[int, Sequence[tuple[int, int]]]
    site_calendars: SiteCalendars = field(init=False)
    required_meetings: dict[str, RequiredMeeting] = field(init=False)

    def require_possible(self, *, at: datetime) -> None:
        """The independent checker's opinion on these resources' calendars; raises SlotTaken."""
        is_open = self.site_day.location.site.state == Site.State.OPEN
        if not is_open or (min(offer.starts_at for offer in self.wanted.offers) <= at and not self.moving):
            raise SlotTaken
        self.site_calendars = load_site_calendars(
            [self.site_day], self.profile, self.rule_book, only=self.wanted.resources, lifted=self.lifted
        )
        needed = self._needed()
        self.required_meetings = {meeting.agency: meeting for meeting in needed}
        problem = problem_for(self.site_calendars, self.rule_book, self.profile, needed, days=[0])
        if set(check(problem, self._plan())) - FORGIVEN:
            raise SlotTaken

    def chain_fields(self) -> dict[str, Any]:
        """What the chain's row says of the day."""
        interpreter = self.wanted.interpreter
        return {
            "site_day": self.site_day,
            "track_id": self.rule_book.track,
            "interpreter_id": None if interpreter is None else self.site_calendars.holders()[interpreter],
            "waiting_minutes": self.wanted.waiting_minutes,
            "proposal": self.wanted.digest,
        }

    def write_meetings(self, chain: Chain) -> None:
        """The meetings and a claim for every resource that each of them uses; a moved chain's old ones go first."""
        held = self._lift(chain) if self.moving else {}
        meetings = [self._meeting(chain, offer, held.get(offer.agency)) for offer in self.wanted.offers]
        Meeting.objects.bulk_create([meeting for meeting in meetings if meeting.pk is None])
        for meeting in held.values():
            meeting.save()
        insert_claims(
            (meeting.pk, resource, offer.starts_at, until)
            for meeting, offer in zip(meetings, self.wanted.offers, strict=True)
            for resource, until in self._held(offer)
        )

    def day(self) -> dict[str, Any]:
        """The day as the summons tells it: keys and times, words come when it is composed."""
        members = list(self.party.members.all())
        return {
            "site_day": self.site_day.pk,
            "interpreter": self.chain_fields()["interpreter_id"],
            "stops": [
                {
                    "agency": offer.agency,
                    "code": offer.code,
                    "starts_at": offer.starts_at.isoformat(),
                    "ends_at": offer.ends_at.isoformat(),
                    "who": self.required_meetings[offer.code].who,
                    "members": [members[n].pk for n in self.required_meetings[offer.code].members],
                }
                for offer in self.wanted.offers
            ],
        }

    def facts(self) -> dict[str, str]:
        """The day in the history's words."""
        return {
            "starts_at": self.wanted.offers[0].starts_at.isoformat(),
            "ends_at": self.wanted.offers[-1].ends_at.isoformat(),
            "site": self.site_day.location.site.name,
        }

    def _needed(self) -> list[RequiredMeeting]:
        """What the party needs that day; only its municipality may be missing, where it has no desk."""
        offered = {offer.code for offer in self.wanted.offers}
        required_meetings = self.rule_book.required_meetings(
            self.profile, track=self.wanted.track, day=self.site_day.date
        )
        return [
            meeting
            for meeting in required_meetings
            if meeting.agency in offered or meeting.agency != AgencyCode.KOM
        ]

    def _plan(self) -> Plan:
        slot = self.site_calendars.horizon.slot
        return Plan(
            day=0,
            meetings=tuple(
                Placed(
                    offer.code,
                    slot(offer.starts_at),
                    slot(offer.starts_at) + offer.slots,
                    offer.desk,
                    offer.room,
                )
                for offer in self.wanted.offers
            ),
            interpreter=self.wanted.interpreter,
            waiting=self.wanted.waiting_minutes // SLOT_MINUTES,
            added_pay=0,
        )

    def _lift(self, chain: Chain) -> dict[int, Meeting]:
        """Let go of all that the chain holds; meetings that have begun stay where they are."""
        times = {offer.agency: offer.starts_at for offer in self.wanted.offers}
        held = {meeting.agency_id: meeting for meeting in chain.meetings.all()}
        for meeting in held.values():
            if meeting.checked_in_at and times.get(meeting.agency_id) != meeting.starts_at:
                raise MeetingHasBegun(_("A meeting that has begun cannot be moved."))
        Claim.objects.filter(meeting__chain=chain).delete()
        chain.meetings.exclude(agency__in=times).delete()
        return {agency: meeting for agency, meeting in held.items() if agency in times}

    def _meeting(self, chain: Chain, offer: Offer, held: Meeting | None) -> Meeting:
        meeting = held or Meeting(chain=chain, agency_id=offer.agency)
        holders = self.site_calendars.holders()
        meeting.service_id = self.rule_book.services[offer.code].pk
        meeting.caseworker_id = holders[offer.desk]
        meeting.room_id = None if offer.room is None else holders[offer.room]
        meeting.who = self.required_meetings[offer.code].who
        meeting.starts_at, meeting.ends_at = offer.starts_at, offer.ends_at
        return meeting

    def _held(self, offer: Offer) -> Iterator[tuple[int, datetime]]:
        """What the meeting holds from its beginning, and until when."""
        yield self.party.resource_id, offer.ends_at
        yield offer.desk, offer.ends_at
        if offer.room is not None:
            yield offer.room, offer.ends_at
        if self.wanted.interpreter is not None:
            yield self.wanted.interpreter, self._released(offer)

    def _released(self, offer: Offer) -> datetime:
        """When the interpreter is free again: after the walk, but not after the shift."""
        assert self.site_calendars.interpreters
        end = self.site_calendars.horizon.slot(offer.starts_at) + offer.slots
        walk = -(-self.site_day.location.site.walk_minutes // SLOT_MINUTES)
        after = claim_end(self.site_calendars.interpreters[0].calendar, end, walk) - end
        return offer.ends_at + timedelta(minutes=SLOT_MINUTES * after)


def load_placement(wanted: Proposal, party: Party, *, moving: Chain | None = None) -> Placement:
    """Read what the proposal needs; raises SlotTaken when its day is there no more."""
    site_day = SiteDay.objects.select_related("location__site").filter(pk=wanted.site_day).first()
    if site_day is None:
        raise SlotTaken
    profile = profile_of(party)
    return Placement(
        wanted=wanted,
        party=party,
        profile=profile,
        rule_book=load_rule_book(profile, track=wanted.track),
        site_day=site_day,
        moving=moving,
        lifted=spans_of_chain(moving) if moving else {},
    )
