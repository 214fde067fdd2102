"""What was seen and what is: nobody's move is undone by somebody who has not seen it."""

from itertools import permutations

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import User
from bookings.chains.book import move_chain
from bookings.chains.check_in import check_in
from bookings.chains.placement import SlotTaken
from bookings.chains.versions import MovedMeanwhile
from bookings.models import Chain, Party
from tests.bookings.booking_steps import SECOND, ask, signed_proposal
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
CODES = ("MIG", "SKV", "FK", "AF", "KOM")


@pytest.fixture
def by() -> User:
    return UserFactory(first_name="Karin", last_name="Ek")


def times(chain: Chain) -> dict[str, object]:
    return dict(chain.meetings.values_list("agency__code", "starts_at"))


def proposal_for(chain: Chain, code: str) -> str | None:
    """Another time for that meeting alone, or, for an empty code, another day for all."""
    search = {"meeting": code} if code else {"first": SECOND}
    options = ask(chain.party, moving=chain, **search).options
    return options[0].proposal.sign() if options else None


def move(chain: Chain, proposal: str | None, by: User) -> Chain:
    assert proposal
    return move_chain(chain=Chain.objects.get(pk=chain.pk), proposal=proposal, by=by, at=NOW)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(
    asked=st.lists(st.sampled_from(("", *CODES)), min_size=2, max_size=3),
    order=st.sampled_from(list(permutations(range(3)))),
)
def test_nobodys_move_is_undone_unasked(chain, by, acting, asked, order):
    """Up to three people look at the same day and move what they looked at, in any order."""
    with acting(by), transaction.atomic():
        looked = [(code, proposal_for(chain, code)) for code in asked]
        moved = False
        for code, proposal in (looked[turn] for turn in order if turn < len(looked)):
            if proposal is None:
                continue
            before = times(chain)
            try:
                move(chain, proposal, by)
            except (MovedMeanwhile, SlotTaken):
                assert moved, "the first is not refused"
                assert times(chain) == before
                continue
            after = times(chain)
            assert not moved or after == before, "a second may only repeat the first"
            assert {one for one in before if before[one] != after[one]} <= ({code} if code else set(CODES))
            moved = True
        transaction.set_rollback(True)


def test_the_second_is_told_who_moved_what_where(chain, by, acting):
    with acting(by):
        first, second = proposal_for(chain, "FK"), proposal_for(chain, "KOM")
        move(chain, first, by)
        after = times(chain)
        with override("en"), pytest.raises(MovedMeanwhile, match="moved the meeting with") as refused:
            move(chain, second, by)
        assert str(by) in refused.value.message
        assert times(chain) == after
        assert move(chain, proposal_for(Chain.objects.get(pk=chain.pk), "KOM"), by).version == 3


def test_the_same_meeting_moved_by_two_is_moved_once(chain, by, acting):
    with acting(by):
        options = ask(chain.party, moving=chain, meeting="KOM", limit=2).options
        first, second = (option.proposal.sign() for option in options)
        move(chain, first, by)
        with pytest.raises(MovedMeanwhile):
            move(chain, second, by)
        assert move(chain, first, by).version == 2, "a repetition changes nothing"


def test_a_check_in_meanwhile_is_no_obstacle_to_moving_another_meeting(chain, by, acting, time_machine):
    with acting(by):
        last = chain.meetings.latest("starts_at").agency.code
        proposal = proposal_for(chain, last)
        morning = chain.site_day.opens_at
        time_machine.move_to(morning, tick=False)
        proposal = proposal_for(chain, last)
        check_in(reference=chain.reference, agency="MIG", by=by, at=morning)
        assert move(chain, proposal, by).version == 3


def test_a_proposal_made_without_the_day_moves_nothing_that_was_moved(chain, by, acting):
    with acting(by):
        blind = signed_proposal(chain.party, first=SECOND)
        move(chain, proposal_for(chain, "FK"), by)
        with pytest.raises((MovedMeanwhile, SlotTaken)):
            move(chain, blind, by)


def test_the_database_raises_the_version_of_a_verb_that_forgets_it(chain, by, acting):
    with acting(by):
        Chain.objects.filter(pk=chain.pk).update(waiting_minutes=999)
        Party.objects.filter(pk=chain.party_id).update(housing="ABO")
        assert Chain.objects.get(pk=chain.pk).version == 2
        assert Party.objects.get(pk=chain.party_id).version == 3, "registered, booked, changed"
