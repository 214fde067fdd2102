"""Cancel: a reason, and everything is free at once."""

import pytest
from django.utils.translation import override

from bookings.chains.book import (
    NotBooked,
    ProposalUsed,
    ReasonNotUsable,
    book_chain,
    cancel_chain,
    move_chain,
)
from bookings.chains.versions import ChangedMeanwhile
from bookings.models import Chain, Claim
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.moment import NOW

pytestmark = pytest.mark.django_db


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
        assert party.events.all()[0].facts == {"reason": "Sjuk", "version": 2}


def test_a_proposal_that_was_booked_and_cancelled_is_not_booked_again_and_its_time_is_free(by, acting):
    open_days()
    with acting(by):
        party, other = register(by), register(by)
        proposal, unused, others = signed_proposal(party), signed_proposal(party), signed_proposal(other)
        chain = book_chain(party=party, proposal=proposal, by=by, at=NOW)
        cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW)
        for old in (proposal, unused):
            with pytest.raises(ProposalUsed) as refused:
                book_chain(party=party, proposal=old, by=by, at=NOW)
            assert refused.value.chain == chain
        assert party.chains.count() == 1
        assert book_chain(party=other, proposal=others, by=by, at=NOW).state == Chain.State.BOOKED


def test_a_fresh_proposal_books_the_same_time_after_a_cancellation(by, acting):
    open_days()
    with acting(by):
        party = register(by)
        first = cancel_chain(chain=book(party, by), reason="Sjuk", by=by, at=NOW)
        again = book(party, by)
        assert (again.number, again.site_day) == (2, first.site_day)


def test_the_database_books_a_proposal_once_even_if_nobody_looks(by, acting, monkeypatch):
    open_days()
    monkeypatch.setattr("bookings.chains.book._require_free", lambda *looked, at: [])
    with acting(by):
        party = register(by)
        proposal = signed_proposal(party)
        cancel_chain(
            chain=book_chain(party=party, proposal=proposal, by=by, at=NOW), reason="Sjuk", by=by, at=NOW
        )
        with pytest.raises(ProposalUsed):
            book_chain(party=party, proposal=proposal, by=by, at=NOW)


def test_a_cancellation_by_somebody_who_saw_another_version_is_refused_and_says_what_changed(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        party = register(by)
        chain = book(party, by, last=FIRST)
        moved = move_chain(
            chain=chain, proposal=signed_proposal(party, first=SECOND, moving=chain), by=by, at=NOW
        )
        with override("en"), pytest.raises(ChangedMeanwhile, match="9 December 2026") as refused:
            cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW, seen=["1"])
        assert str(by) in refused.value.message
        assert cancel_chain(chain=moved, reason="Sjuk", by=by, at=NOW, seen=["2"]).version == 3


def test_a_day_that_is_past_is_not_cancelled(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        with pytest.raises(NotBooked):
            cancel_chain(chain=chain, reason="Sjuk", by=by, at=chain.site_day.closes_at)


def test_twice_is_refused(by, acting):
    open_days()
    with acting(by):
        chain = cancel_chain(chain=book(register(by), by), reason="Sjuk", by=by, at=NOW)
        with pytest.raises(NotBooked):
            cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW)
