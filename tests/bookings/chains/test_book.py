"""Book: what a booking writes, what it refuses, and that a refusal leaves nothing behind."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from agencies.models import Break, Resource, Shift
from bookings.attendance.eligibility import SiteOfOthers
from bookings.chains import book as booking
from bookings.chains import placement as placing
from bookings.chains.book import AlreadyBooked, ProposalNotValid, book_chain, move_chain
from bookings.chains.placement import SlotTaken
from bookings.models import Chain, Claim, Event, Link, Meeting, Party, Summons
from bookings.proposals.signed import LIFETIME, Proposal
from bookings.summons.copies import KIND
from tests.bookings.booking_steps import (
    FAMILY,
    FIRST,
    SECOND,
    ask,
    book,
    open_days,
    register,
    signed_proposal,
)
from tests.factories.agencies import UserFactory, the_site
from tests.factories.interpreters import InterpreterFactory
from tests.moment import NOW
from tests.outbox import outbox

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    """How much there is of everything that a booking writes."""
    return {model.__name__: model.objects.count() for model in (Chain, Meeting, Claim, Summons, Link, Event)}


def test_a_booking_leaves_a_day_claims_a_letter_and_a_link_for_each_adult(by, acting):
    open_days()
    with acting(by):
        party = register(by)
        chain = book(party, by)
        assert (chain.state, chain.party, chain.booked_by, chain.site_day.date) == (
            "booked",
            party,
            by,
            FIRST,
        )
        assert chain.meetings.count() == 5
        assert all(meeting.ends_at > meeting.starts_at for meeting in chain.meetings.all())
        assert [summons.version for summons in chain.summonses.all()] == [1]
        assert {link.newcomer.birth_date for link in chain.links.all()} == set(FAMILY[:2])
        assert [event.kind for event in party.events.all()] == ["booked", "registered"]


def test_each_meeting_holds_the_party_the_desk_and_the_interpreter(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by)
        chain = book(party, by)
        for meeting in chain.meetings.all():
            kinds = [claim.resource.kind for claim in meeting.claims.order_by("resource__kind")]
            assert kinds == [Resource.Kind.DESK, Resource.Kind.INTERPRETER, Resource.Kind.PARTY]
            desk = meeting.claims.get(resource__kind=Resource.Kind.DESK)
            assert desk.resource == meeting.caseworker.resource
            assert (desk.period.lower, desk.period.upper) == (meeting.starts_at, meeting.ends_at)


def test_the_interpreters_claim_outlasts_the_meeting_by_the_walk(by, acting):
    open_days(FIRST)
    Break.objects.all().delete()
    with acting(by):
        assert interpreters_walks(book(register(by), by)) == [timedelta(minutes=5)] * 5


def test_the_interpreters_claim_ends_with_the_shift(by, acting):
    open_days(FIRST)
    Break.objects.all().delete()
    with acting(by):
        end = ask(register(by)).options[0].proposal.offers[-1].ends_at
        Shift.objects.filter(resource__kind=Resource.Kind.INTERPRETER).update(ends_at=end)
        chain = book(register(by), by)
        assert chain.meetings.latest("starts_at").ends_at == end
        assert interpreters_walks(chain)[-1] == timedelta(0)


def interpreters_walks(chain: Chain) -> list[timedelta]:
    claims = Claim.objects.filter(meeting__chain=chain, resource__kind=Resource.Kind.INTERPRETER)
    return [
        claim.period.upper - claim.meeting.ends_at for claim in claims.order_by("starts_at") if claim.meeting
    ]


def test_the_letter_lies_in_the_outbox_with_the_booking(by, acting, django_capture_on_commit_callbacks):
    open_days(FIRST)
    with acting(by), django_capture_on_commit_callbacks() as callbacks:
        summons = book(register(by), by).summonses.get()
    (dispatch,) = outbox(kind=KIND)
    assert (dispatch.kind, dispatch.subject, dispatch.by) == (KIND, summons.pk, by)
    assert (dispatch.state, dispatch.due_at) == ("due", NOW)
    assert not callbacks, "What is sent after the commit alone is lost with its process or with Redis."


def test_without_print_nothing_lies_in_the_outbox(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by)
        book_chain(party=party, proposal=signed_proposal(party), by=by, at=NOW, to_print=False)
    assert outbox() == []


def test_a_double_press_says_which_day_it_is(by, acting):
    open_days()
    with acting(by):
        party = register(by)
        proposal = signed_proposal(party)
        chain = book_chain(party=party, proposal=proposal, by=by, at=NOW)
        before = rows()
        other = ask(party, first=SECOND).options[0].proposal.sign()
        for again in (proposal, other):
            with pytest.raises(AlreadyBooked) as refused:
                book_chain(party=party, proposal=again, by=by, at=NOW)
            assert refused.value.chain == chain
        assert rows() == before


def test_a_party_whose_day_has_passed_may_have_another(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by)
        first = book(party, by, last=FIRST)
        after = first.site_day.closes_at + timedelta(minutes=1)
        with time_machine.travel(after, tick=False):
            proposal = replace(ask(party, first=SECOND).options[0].proposal)
            book_chain(party=party, proposal=proposal.sign(), by=by, at=after)
        first.refresh_from_db()
        assert first.state == Chain.State.DONE


def forged(party: Party, other: Party) -> str:
    return signed_proposal(party)[:-3] + "abc"


def of_another(party: Party, other: Party) -> str:
    return signed_proposal(other)


def nonsense(party: Party, other: Party) -> str:
    return "nonsense"


def for_one_meeting(party: Party, other: Party) -> str:
    return replace(ask(party).options[0].proposal, meeting="SKV").sign()


@pytest.mark.parametrize("written", [forged, of_another, nonsense, for_one_meeting])
def test_a_proposal_is_ours_and_this_partys(by, acting, written):
    open_days()
    with acting(by):
        party, other = register(by), register(by, births=FAMILY[:1])
        proposal, before = written(party, other), rows()
        with pytest.raises(ProposalNotValid) as refused:
            book_chain(party=party, proposal=proposal, by=by, at=NOW)
        assert list(refused.value.errors) == ["proposal"]
        assert rows() == before


def test_a_proposal_does_not_live_for_ever(by, acting):
    open_days()
    with acting(by):
        party = register(by)
        proposal = signed_proposal(party)
        with (
            time_machine.travel(NOW + LIFETIME + timedelta(seconds=2), tick=False),
            pytest.raises(ProposalNotValid),
        ):
            book_chain(party=party, proposal=proposal, by=by, at=NOW)


def test_the_same_slots_have_one_winner(by, acting):
    open_days(FIRST)
    with acting(by):
        winner, loser = register(by), register(by)
        proposal = signed_proposal(loser)
        book(winner, by)
        before = rows()
        with pytest.raises(SlotTaken):
            book_chain(party=loser, proposal=proposal, by=by, at=NOW)
        assert rows() == before


def moved(proposal: Proposal, minutes: int) -> Proposal:
    """The whole chain earlier or later."""
    offers = tuple(
        replace(offer, start=offer.start + minutes, end=offer.end + minutes) for offer in proposal.offers
    )
    return replace(proposal, offers=offers)


def hurried(proposal: Proposal) -> Proposal:
    """Without the walk after the first meeting."""
    first, second, *rest = proposal.offers
    length = second.end - second.start
    return replace(proposal, offers=(first, replace(second, start=first.end, end=first.end + length), *rest))


def before_opening(proposal: Proposal) -> Proposal:
    return moved(proposal, -120)


def at_anothers_desk(proposal: Proposal) -> Proposal:
    first, second, *rest = proposal.offers
    return replace(proposal, offers=(replace(first, desk=second.desk), second, *rest))


def without_one_stop(proposal: Proposal) -> Proposal:
    return replace(proposal, offers=proposal.offers[:-1])


def too_short(proposal: Proposal) -> Proposal:
    *rest, last = proposal.offers
    return replace(proposal, offers=(*rest, replace(last, end=last.end - 5)))


def with_a_silent_interpreter(proposal: Proposal) -> Proposal:
    return replace(proposal, interpreter=InterpreterFactory(language="so").resource_id)


def without_interpreter(proposal: Proposal) -> Proposal:
    return replace(proposal, interpreter=None)


def of_no_day(proposal: Proposal) -> Proposal:
    return replace(proposal, site_day=proposal.site_day + 1000)


TAMPERED = [
    hurried,
    before_opening,
    at_anothers_desk,
    without_one_stop,
    too_short,
    with_a_silent_interpreter,
    without_interpreter,
    of_no_day,
]


@pytest.mark.parametrize("tamper", TAMPERED)
def test_the_checker_refuses_what_the_planner_never_said(by, acting, tamper):
    """Even with our own signature."""
    open_days(FIRST)
    with acting(by):
        party = register(by)
        proposal, before = tamper(ask(party).options[0].proposal), rows()
        with pytest.raises(SlotTaken):
            book_chain(party=party, proposal=proposal.sign(), by=by, at=NOW)
        assert rows() == before


def test_the_constraint_has_the_last_word_and_nothing_is_left(by, acting, monkeypatch):
    """Should both the look and the checker be blind, two meetings still never share a desk."""
    open_days(FIRST)
    monkeypatch.setattr(booking, "find_conflicts", lambda *args: (False, False))
    monkeypatch.setattr(placing, "check", lambda *problem: ())
    with acting(by):
        winner, loser = register(by), register(by)
        proposal = signed_proposal(loser)
        book(winner, by)
        before = rows()
        with pytest.raises(SlotTaken):
            book_chain(party=loser, proposal=proposal, by=by, at=NOW)
        assert rows() == before


def test_a_day_that_has_begun_is_not_booked(by, acting):
    open_days(FIRST)
    with acting(by):
        party = register(by)
        proposal = ask(party).options[0].proposal
        with pytest.raises(SlotTaken):
            book_chain(party=party, proposal=proposal.sign(), by=by, at=proposal.offers[0].starts_at)


def test_nothing_overlaps_in_the_database(by, acting):
    open_days()
    with acting(by):
        for _ in range(3):
            book(register(by), by)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM bookings_claim a JOIN bookings_claim b ON a.resource_id = b.resource_id"
                " AND a.id < b.id AND a.period && b.period"
            )
            assert cursor.fetchone() == (0,)
        assert {chain.site_day.date for chain in Chain.objects.all()} <= {FIRST, SECOND, date(2026, 12, 10)}


def test_a_proposal_of_a_colleague_elsewhere_is_refused(by, acting):
    """It is booked, and moved to, only where the user works or the day already is."""
    open_days()
    visitor = UserFactory(sites=[the_site("malmo")])
    with acting(by):
        party = register(by)
        proposals = [option.proposal.sign() for option in ask(party).options[:2]]
    with acting(visitor):
        with pytest.raises(SiteOfOthers) as refused:
            book_chain(party=party, proposal=proposals[0], by=visitor, at=NOW)
        assert set(refused.value.errors) == {"proposal"}
        assert not Chain.objects.exists()
    with acting(by):
        chain = book_chain(party=party, proposal=proposals[0], by=by, at=NOW)
    with acting(visitor):
        assert move_chain(chain=chain, proposal=proposals[1], by=visitor, at=NOW) == chain
