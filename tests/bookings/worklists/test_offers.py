"""Time that is given back is offered to the best fit of each agency's waiting parties; one press books it."""

from datetime import timedelta

import pytest

from bookings.answers.give import give_answer
from bookings.chains.book import cancel_chain, move_chain
from bookings.models import Chain, FreedTime, Meeting, SummonsAnswer, WaitingParty
from bookings.waiting.queries import waiting_parties
from bookings.worklists.accept import OfferGone, accept_offer
from bookings.worklists.offers import KIND, offer_freed, pass_on
from tests.bookings.booking_steps import FIRST, SECOND, ask, book, open_days, register, signed_proposal
from tests.browser import browser_of
from tests.factories.agencies import UserFactory, the_site
from tests.factories.bookings import SummonsAnswerFactory
from tests.moment import NOW
from tests.outbox import outbox, send_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "letters_as_text")]
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def chain(by, acting):
    open_days(FIRST)
    with acting(by):
        return book(register(by), by, last=FIRST)


def cancel(chain, by):
    cancel_chain(chain=chain, reason="The family has moved", by=by, at=NOW)


def offered() -> list[str]:
    return [one.party.reference for one in waiting_parties().exclude(offered_day=None)]


def test_a_cancelled_day_is_offered_to_who_waits_and_one_press_books_it(chain, by, acting):
    with acting(by):
        party = register(by)
        cancel(chain, by)
    assert send_all(KIND) == 1
    with acting(by):
        waits = waiting_parties().select_related("offered_day__location__site").get(party=party)
        assert waits.offered_day == chain.site_day
        read_before = WaitingParty.objects.get(pk=waits.pk)
        booked = accept_offer(waiting=waits, by=by, at=LATER)
        assert (booked.party, booked.site_day) == (party, chain.site_day)
        with pytest.raises(OfferGone):
            accept_offer(waiting=read_before, by=by, at=LATER)
        assert not offered()


def test_what_is_freed_says_nothing_of_whose_it_was(chain, by, acting):
    with acting(by):
        hours = list(chain.meetings.order_by("starts_at"))
        cancel(chain, by)
    with acting(UserFactory(agency="AF")):
        freed = FreedTime.objects.get()
    assert (freed.starts_at, freed.ends_at) == (hours[0].starts_at, hours[-1].ends_at)
    assert not {"party", "chain", "agency"} & {field.name for field in FreedTime._meta.get_fields()}


def test_the_interpreters_language_comes_first_then_who_has_waited_longest(chain, by, acting):
    with acting(by):
        register(by, language="sv", at=NOW - timedelta(days=9))
        second = register(by, at=NOW - timedelta(days=2))
        register(by, at=NOW - timedelta(days=1))
        cancel(chain, by)
    send_all(KIND)
    with acting(by):
        assert offered() == [second.reference]


def test_an_offer_that_does_not_suit_goes_to_the_next(chain, by, acting):
    with acting(by):
        first, second = register(by, at=NOW - timedelta(days=2)), register(by)
        cancel(chain, by)
    send_all(KIND)
    with acting(by):
        assert offered() == [first.reference]
        pass_on(waiting=waiting_parties().get(party=first), by=by, at=LATER)
    send_all(KIND, at=LATER)
    with acting(by):
        assert offered() == [second.reference]


def test_two_sweeps_offer_once(chain, by, acting):
    with acting(by):
        register(by, at=NOW - timedelta(days=2))
        register(by)
        cancel(chain, by)
        offer_freed(site=the_site(), by=by, at=NOW)
        offer_freed(site=the_site(), by=by, at=NOW)
        assert len(offered()) == 1


def test_another_agency_has_a_task_of_its_own_and_learns_nothing_else(chain, by, acting):
    other = UserFactory(agency="AF")
    with acting(other):
        theirs = register(other, basis="UTL-5-1")
    with acting(by):
        cancel(chain, by)
    assert {one.agency.code for one in outbox(kind=KIND) if one.agency} == {
        "AF"
    }  # of the own one nobody else waits
    send_all(KIND)
    with acting(other):
        assert [one.party for one in waiting_parties()] == [theirs]
    with acting(by):
        assert [one.party for one in waiting_parties()] == [chain.party]


def test_who_is_moved_away_frees_the_old_day_and_one_moved_within_it_nothing(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        moved = book(register(by), by, last=FIRST)
        proposal = signed_proposal(moved.party, first=SECOND, last=SECOND, moving=moved)
        move_chain(chain=moved, proposal=proposal, by=by, at=NOW)
        assert [one.site_day.date for one in FreedTime.objects.select_related("site_day")] == [FIRST]


def test_who_needs_another_time_waits_and_its_own_day_is_moved(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        first = book(register(by), by, last=FIRST)
        second = book(register(by), by, first=SECOND, last=SECOND)
        SummonsAnswerFactory(chain=second, kind=SummonsAnswer.Kind.ANOTHER_TIME, given_at=NOW)
        cancel(first, by)
    send_all(KIND)
    with acting(by):
        waits = waiting_parties().select_related("offered_day__location__site").get(party=second.party)
        assert (waits.why, waits.offered_day) == (WaitingParty.Why.ANOTHER_TIME, first.site_day)
        moved = accept_offer(waiting=waits, by=by, at=LATER)
        assert (moved.pk, moved.site_day) == (second.pk, first.site_day)
        assert Chain.objects.filter(party=second.party).count() == 1


@pytest.fixture
def offered_another_time(by, acting) -> WaitingParty:
    """A family with a day that has asked for another one, and is offered one that was given back."""
    open_days(FIRST, SECOND)
    with acting(by):
        first = book(register(by), by, last=FIRST)
        second = book(register(by), by, first=SECOND, last=SECOND)
        SummonsAnswerFactory(chain=second, kind=SummonsAnswer.Kind.ANOTHER_TIME, given_at=NOW)
        cancel(first, by)
    send_all(KIND)
    with acting(by):
        return waiting_parties().select_related("offered_day__location__site").get(party=second.party)


def test_who_comes_after_all_is_offered_nothing_any_more(offered_another_time, by, acting):
    waits = offered_another_time
    with acting(by):
        link = waits.chain.links.first()
        give_answer(link=link, answer="yes", source="telephone", by=by, at=LATER)
    assert browser_of(by).get("/todo/").context["list"].offers == []
    with acting(by):
        with pytest.raises(OfferGone):
            accept_offer(waiting=waits, by=by, at=LATER)
        assert Chain.objects.get(pk=waits.chain_id).site_day.date == SECOND


def test_whose_wish_is_dealt_with_leaves_the_list_and_the_time_goes_to_the_next(
    offered_another_time, by, acting
):
    waits = offered_another_time
    with acting(by):
        wish = SummonsAnswer.objects.select_related("chain", "newcomer").get()
        third = register(by)
    pressed = {
        "do": "settle",
        "chain": wish.chain.reference,
        "person": wish.newcomer.key,
        "kind": wish.kind,
    }
    assert browser_of(by).post("/todo/", pressed).status_code == 302
    send_all(KIND)
    with acting(by):
        waits.refresh_from_db()
        assert (waits.end, waits.offered_day) == (WaitingParty.End.LEFT, None)
        assert third.reference in [one.party.reference for one in waiting_parties()]
        assert len(offered()) == 1


def test_who_came_although_it_had_asked_for_another_time_waits_no_longer(offered_another_time, by, acting):
    with acting(by):
        chain = offered_another_time.chain
        Meeting.objects.filter(chain=chain).update(attendance=Meeting.Attendance.DONE, checked_in_at=NOW)
        assert offered_another_time not in waiting_parties()
        Meeting.objects.filter(chain=chain).update(attendance=Meeting.Attendance.NO_SHOW, checked_in_at=None)
        assert offered_another_time in waiting_parties()


def test_who_asked_for_another_time_than_a_day_that_is_cancelled_still_waits(
    offered_another_time, by, acting
):
    with acting(by):
        chain = Chain.objects.get(pk=offered_another_time.chain_id)
        cancel_chain(chain=chain, reason="Sjukdom", by=by, at=LATER)
        SummonsAnswer.objects.update(settled_at=LATER, settled_by=by)
        assert offered_another_time in waiting_parties()


def test_a_time_that_is_taken_meanwhile_books_nothing(chain, by, acting):
    with acting(by):
        first = register(by, at=NOW - timedelta(days=2))
        cancel(chain, by)
    send_all(KIND)
    with acting(by):
        while ask(other := register(by), last=FIRST).options:
            book(other, by, last=FIRST)
        waits = waiting_parties().select_related("offered_day__location__site").get(party=first)
        with pytest.raises(OfferGone):
            accept_offer(waiting=waits, by=by, at=LATER)
        assert not Chain.objects.filter(party=first).exists()


def test_who_has_given_the_day_back_waits_for_another_and_is_not_offered_the_same(chain, by, acting):
    with acting(by):
        cancel(chain, by)
    send_all(KIND)
    with acting(by):
        waits = waiting_parties().get(party=chain.party)
    assert (waits.chain, waits.offered_day) == (chain, None)
