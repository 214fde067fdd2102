"""Cancel: a reason, and everything is free at once."""

import pytest

from bookings.chains.book import NotBooked, ReasonNotUsable, book_chain, cancel_chain
from bookings.models import Chain, Claim
from tests.bookings.booking_steps import book, open_days, register, signed_proposal
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return UserFactory()


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(by, acting, reason):
    open_days()
    with acting(by):
        chain = book(register(by), by)
        with pytest.raises(ReasonNotUsable) as refused:
            cancel_chain(chain=chain, reason=reason, by=by, at=NOW)
        assert list(refused.value.errors) == ["reason"]
        assert Claim.objects.exists()


def test_a_cancelled_day_holds_nothing_and_is_remembered(by, acting):
    open_days()
    with acting(by):
        party = register(by)
        chain = cancel_chain(chain=book(party, by), reason=" Sjuk ", by=by, at=NOW)
        assert (chain.state, chain.cancel_reason, chain.cancelled_at) == (Chain.State.CANCELLED, "Sjuk", NOW)
        assert not Claim.objects.exists()
        assert chain.meetings.count() == 5
        assert [summons.kind for summons in chain.summonses.all()] == ["cancellation", "invitation"]
        assert party.events.all()[0].facts == {"reason": "Sjuk"}


def test_the_same_proposal_can_be_booked_again(by, acting):
    open_days()
    with acting(by):
        party, other = register(by), register(by)
        proposal, others = signed_proposal(party), signed_proposal(other)
        for _ in range(2):
            chain = book_chain(party=party, proposal=proposal, by=by, at=NOW)
            cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW)
        assert party.chains.count() == 2
        assert book_chain(party=other, proposal=others, by=by, at=NOW).state == Chain.State.BOOKED


def test_twice_is_refused(by, acting):
    open_days()
    with acting(by):
        chain = cancel_chain(chain=book(register(by), by), reason="Sjuk", by=by, at=NOW)
        with pytest.raises(NotBooked):
            cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW)
