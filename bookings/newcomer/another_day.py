"""Other days that a family may choose itself: found and booked for the agency that summons, told to the link."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection

from agencies.clock import local
from agencies.models import ThresholdCode, User
from agencies.refusals import Refusal
from agencies.secrecy.context import Viewer, acting_as, viewer_of
from agencies.thresholds import threshold
from bookings.answers.give import give_answer, settle_answer
from bookings.chains.book import move_chain
from bookings.models import Chain, Link, LinkParty, Meeting, SummonsAnswer
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from bookings.proposals.signed import read_proposal

LOOKED_ON = timedelta(days=28)  # after the present day
MOST_CHOICES = 2  # of one chain; then a caseworker helps


@dataclass(frozen=True, slots=True)
class Booking:
    """A family's day and on whose behalf another one is booked; keys, so that it outlives the link's transaction."""

    chain: int
    link: int
    by: User
    agency: int

    @property
    def viewer(self) -> Viewer:
        return replace(viewer_of(self.by), agency=self.agency)


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day that can be booked; `proposal` is its sealed text."""

    proposal: str
    starts_at: datetime
    ends_at: datetime


def booking_of(link: Link) -> Booking:
    """The booking of the entered link."""
    owner = LinkParty.objects.values_list("owner", flat=True).get(chain=link.chain_id)
    return Booking(chain=link.chain_id, link=link.pk, by=link.chain.booked_by, agency=owner)


def day_choices(booking: Booking, *, at: datetime) -> tuple[DayChoice, ...]:
    """Up to three days with the same agencies; none where a caseworker has to find one."""
    with acting_as(booking.viewer):
        chain = _chain(booking)
        if not _may_choose(chain, at=at):
            return ()
        try:
            answer = propose(
                profile=profile_of(chain.party),
                site=chain.site_day.location.site,
                track=chain.track,
                first=local(at).date(),
                last=chain.site_day.date + LOOKED_ON,
                at=at,
                moving=chain,
            )
        except Refusal:
            return ()
        proposals = [option.proposal for option in answer.options if not option.proposal.outside]
        found = [
            DayChoice(each.sign(), each.offers[0].starts_at, max(offer.ends_at for offer in each.offers))
            for each in proposals
        ]
        now = chain.meetings.order_by("starts_at").values_list("starts_at", flat=True).first()
        return tuple(choice for choice in found if choice.starts_at != now)


def choose_day(booking: Booking, *, proposal: str, why: str, text: str, at: datetime) -> None:
    """Move the chain to the chosen day and write down that the family has chosen it; both or neither.

    The same choice a second time changes nothing. Raises Refusal, for a day that has been taken or a chain that
    somebody has changed meanwhile.
    """
    with acting_as(booking.viewer):
        _one_at_a_time(booking)
        chain, chosen = _chain(booking), read_proposal(proposal)
        if chosen and chosen.digest == chain.proposal:
            return
        move_chain(chain=chain, proposal=proposal, by=booking.by, at=at, by_family=True)
        link = Link.objects.select_related("chain").get(pk=booking.link)
        answer = give_answer(link=link, answer=SummonsAnswer.Kind.ANOTHER_TIME, why=why, text=text, at=at)
        settle_answer(answer=answer, by=None, at=at)


def _one_at_a_time(booking: Booking) -> None:
    """Let the choices of one family wait for each other until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('choice of a day', %s))", [booking.chain]
        )


def _chain(booking: Booking) -> Chain:
    rows = Chain.objects.select_related("party", "track", "site_day__location__site")
    return rows.get(pk=booking.chain)


def _may_choose(chain: Chain, *, at: datetime) -> bool:
    """Whether the rules let the family choose, and whether its day is of a kind that moves by itself."""
    days = threshold(ThresholdCode.OWN_CHOICE, on=chain.site_day.date)
    is_soon = chain.site_day.date - local(at).date() < timedelta(days=days)
    if not days or is_soon or chain.party.is_protected or chain.outside_interpreter:
        return False
    if chain.meetings.filter(group__isnull=False).exists() or _has_begun(chain):
        return False
    chosen = SummonsAnswer.objects.filter(
        chain=chain, kind=SummonsAnswer.Kind.ANOTHER_TIME, settled_at__isnull=False, settled_by=None
    )
    return chosen.count() < MOST_CHOICES


def _has_begun(chain: Chain) -> bool:
    return chain.meetings.exclude(attendance=Meeting.Attendance.EXPECTED).exists()
