"""A day that is freed, or offered and not taken, goes to the next at once; odd cases of the waiting list."""

from datetime import date, timedelta

import pytest

from agencies.models import SiteDay
from agencies.secrecy.context import Viewer, acting_as
from bookings.answers.give import give_answer
from bookings.chains.book import cancel_chain, move_chain
from bookings.models import Chain, FreedTime, Message, Party, SummonsAnswer, WaitingParty
from bookings.newcomer.another_day import booking_of, choose_day
from bookings.parties.protect import protect_party
from bookings.waiting.call_next import offer_on
from bookings.waiting.join import End, stop_waiting
from bookings.waiting.queries import waiting_parties
from bookings.worklists.accept import OfferGone, accept_offer
from bookings.worklists.offers import KIND, offer_freed
from bookings.worklists.queries import offered as offered_now
from bookings.worklists.queries import waiting_otherwise
from tests.bookings.booking_steps import FIRST, SECOND, THIRD, book, open_days, register, signed_proposal
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory
from tests.factories.bookings import SummonsAnswerFactory
from tests.moment import NOW
from tests.outbox import outbox, send_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "letters_as_text")]
FOURTH = date(2026, 12, 17)
LATER = NOW + timedelta(hours=1)
EARLIER = NOW - timedelta(days=5)
ANOTHER_TIME = SummonsAnswer.Kind.ANOTHER_TIME


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def offers(by, acting):
    """The dates that are offered, by the references of those to whom."""

    def found():
        with acting(by):
            held = waiting_parties().exclude(offered_day=None)
            return {one.party.reference: one.offered_day.date for one in held if one.offered_day}

    return found


@pytest.fixture
def waits(by, acting):
    def place(party: Party) -> WaitingParty:
        with acting(by):
            found = WaitingParty.objects.select_related(
                "party__owner", "offered_day__location__site", "chain"
            )
            return found.filter(party=party).latest("pk")

    return place


@pytest.fixture
def wisher(by, acting) -> Chain:
    """On the second day, and has asked for another time before anybody else waits; the first day is given back."""
    open_days(FIRST, SECOND)
    with acting(by):
        first = book(register(by, at=EARLIER), by, last=FIRST)
        chain = book(register(by, at=EARLIER), by, first=SECOND, last=SECOND)
        SummonsAnswerFactory(
            chain=chain, link=chain.links.all()[0], kind=ANOTHER_TIME, given_at=NOW - timedelta(days=2)
        )
        cancel_chain(chain=first, reason="The family has moved", by=by, at=NOW)
    send_all(KIND)
    return chain


@pytest.fixture
def third(by, acting, wisher) -> Party:
    """Waits since today."""
    with acting(by):
        return register(by)


def test_the_day_that_a_family_leaves_for_an_offered_one_goes_to_the_next_at_once(
    wisher, third, waits, offers, by, acting
):
    assert offers() == {wisher.party.reference: FIRST}
    with acting(by):
        accept_offer(waiting=waits(wisher.party), by=by, at=LATER)
    send_all(KIND, at=LATER)
    assert set(offers().values()) == {SECOND}
    assert wisher.party.reference not in offers()


def test_the_day_that_a_family_leaves_by_its_own_choice_goes_to_the_next_at_once(by, acting, offers):
    open_days(FIRST, SECOND)
    with acting(by):
        chain = book(register(by), by, last=FIRST)
        third = register(by)
        link = chain.links.all()[0]
        SummonsAnswerFactory(chain=chain, link=link, kind=ANOTHER_TIME, given_at=NOW - timedelta(days=2))
        proposal = signed_proposal(chain.party, first=SECOND, last=SECOND, moving=chain)
    with acting_as(Viewer(link=link.token_hash)):
        booking = booking_of(link)
    choose_day(booking, proposal=proposal, why="", text="", at=LATER)
    send_all(KIND, at=LATER)
    assert offers() == {third.reference: FIRST}


def test_no_family_is_offered_a_day_again_that_it_gave_up_itself(wisher, waits, offers, by, acting):
    with acting(by):
        accept_offer(waiting=waits(wisher.party), by=by, at=LATER)
        chain = Chain.objects.get(pk=wisher.pk)
        give_answer(link=chain.links.all()[0], answer=ANOTHER_TIME, source="telephone", by=by, at=LATER)
    send_all(KIND, at=LATER)
    assert wisher.party.reference not in offers()


def test_who_comes_after_all_leaves_the_offered_day_to_the_next(wisher, third, offers, waits, by, acting):
    with acting(by):
        link = wisher.links.all()[0]
        others = WaitingParty.objects.filter(ended_at=None).exclude(party__in=[wisher.party, third])
        others.update(passed_at=LATER)
    with acting_as(Viewer(link=link.token_hash)):
        give_answer(link=link, answer="yes", at=LATER)
    send_all(KIND, at=LATER)
    assert offers() == {third.reference: FIRST}
    assert waits(wisher.party).offered_day is None


def test_a_yes_without_an_offer_asks_nobody(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by, last=FIRST)
        link = chain.links.all()[0]
        SummonsAnswerFactory(chain=chain, link=link, kind=ANOTHER_TIME, given_at=NOW)
    with acting_as(Viewer(link=link.token_hash)):
        give_answer(link=link, answer="yes", at=LATER)
    assert outbox(kind=KIND) == []


def test_a_stranger_with_another_link_lets_nobody_look(wisher, by, acting):
    with acting(by):
        other = book(register(by), by, first=FIRST, last=SECOND).links.all()[0]
    before = len(outbox(kind=KIND))
    with acting_as(Viewer(link=other.token_hash)):
        offer_on(wisher.party_id)
    assert len(outbox(kind=KIND)) == before


@pytest.mark.parametrize("how", ["booked elsewhere", "taken off the list"])
def test_who_needs_the_offer_no_longer_leaves_it_to_the_next(how, wisher, third, waits, offers, by, acting):
    with acting(by):
        if how == "booked elsewhere":
            open_days(THIRD)
            proposal = signed_proposal(wisher.party, first=THIRD, last=THIRD, moving=wisher)
            move_chain(chain=wisher, proposal=proposal, by=by, at=LATER)
        else:
            SummonsAnswer.objects.update(settled_at=LATER, settled_by=by)
            stop_waiting(party=wisher.party, how=End.LEFT, at=LATER)
    send_all(KIND, at=LATER)
    assert FIRST in offers().values()
    assert wisher.party.reference not in offers()


def test_of_two_days_that_are_given_back_on_one_date_the_second_is_offered_when_the_first_is_taken(
    by, acting, offers, waits
):
    open_days(FIRST, desks=dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 2), interpreters={"ar": 2})
    with acting(by):
        chains = [book(register(by, at=EARLIER), by, last=FIRST) for _family in (1, 2)]
        for chain in chains:
            cancel_chain(chain=chain, reason="Ill", by=by, at=NOW)
        first, second = register(by, at=NOW - timedelta(days=2)), register(by)
    send_all(KIND)
    with acting(by):
        offer_freed(site=chains[0].site_day.location.site, by=by, at=NOW)
    assert offers() == {first.reference: FIRST}
    with acting(by):
        accept_offer(waiting=waits(first), by=by, at=LATER)
        assert FreedTime.objects.count() == 1
    send_all(KIND, at=LATER)
    assert offers() == {second.reference: FIRST}
    with acting(by):
        accept_offer(waiting=waits(second), by=by, at=LATER)
        assert not FreedTime.objects.exists()
    send_all(KIND, at=LATER)
    assert offers() == {}


def test_who_let_an_offer_expire_is_offered_the_next_one(wisher, waits, offers, by, acting, clock):
    open_days(FOURTH)
    with acting(by):
        other = book(register(by), by, first=FOURTH, last=FOURTH)
    clock.move_to(wisher.site_day.opens_at - timedelta(hours=15))  # the first day is over
    at = wisher.site_day.opens_at - timedelta(hours=15)
    with acting(by):
        assert [one.party for one in waiting_otherwise(at=at) if one.party == wisher.party] == [wisher.party]
        cancel_chain(chain=other, reason="Ill", by=by, at=at)
    send_all(KIND, at=at)
    assert offers() == {wisher.party.reference: FOURTH}


def test_a_day_that_is_closed_meanwhile_is_no_offer_any_more(wisher, waits, offers, by, acting):
    place = waits(wisher.party)
    SiteDay.objects.filter(pk=place.offered_day_id).update(closed_at=LATER)
    with acting(by):
        assert not offered_now(at=LATER)
        assert wisher.party in [one.party for one in waiting_otherwise(at=LATER)]
        with pytest.raises(OfferGone):
            accept_offer(waiting=place, by=by, at=LATER)
        assert Chain.objects.get(pk=wisher.pk).site_day.date == SECOND


def test_a_protected_family_is_offered_a_day_and_only_the_letter_tells_it(by, acting, offers, waits):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by, at=EARLIER), by, last=FIRST)
        party = register(by, at=NOW - timedelta(days=2), phone="+46701740612")
        protect_party(party=party, reason="The Tax Agency has told us so.", by=by, at=NOW)
        cancel_chain(chain=chain, reason="Ill", by=by, at=NOW)
    send_all(KIND)
    assert offers() == {party.reference: FIRST}
    page = browser_of(by).get("/todo/").text
    assert f'href="/parties/{party.reference}/identity/"' in page
    assert "0701740612" not in page.replace(" ", "").replace("-", "")
    with acting(by):
        booked = accept_offer(waiting=waits(party), by=by, at=LATER)
        told = Message.objects.filter(chain=booked).values_list("channel", "state")
        assert set(told) == {("sms", "dropped"), ("letter", "planned")}


def test_whom_nobody_can_call_stands_there_with_what_to_do(by, acting):
    open_days(FIRST)
    with acting(by):
        chain = book(register(by, at=EARLIER), by, last=FIRST)
        party = register(by, at=NOW - timedelta(days=2))
        cancel_chain(chain=chain, reason="Ill", by=by, at=NOW)
    send_all(KIND)
    page = browser_of(by).get("/todo/")
    assert "No telephone number is known." in words_of(page)
    assert f'href="/parties/{party.reference}/amend/"' in page.text
