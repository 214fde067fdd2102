"""Two at once: an offer is booked once, and a missed day followed up once."""

import pytest

from bookings.chains.book import cancel_chain
from bookings.models import Chain, Meeting, Message, WaitingParty
from bookings.waiting.queries import waiting_parties
from bookings.worklists.accept import accept_offer
from bookings.worklists.follow_up import follow_up
from bookings.worklists.offers import KIND, offer_freed
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import UserFactory, the_site
from tests.moment import NOW
from tests.outbox import send_all
from tests.together import Together, acting_for

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock", "letters_as_text"),
]


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def chain(by, acting):
    open_days(FIRST)
    with acting(by):
        return book(register(by, phone="+46701740612"), by, last=FIRST)


def test_two_presses_on_an_offer_book_one_day(chain, by, acting):
    with acting(by):
        party = register(by)
        cancel_chain(chain=chain, reason="Has moved", by=by, at=NOW)
    send_all(KIND)

    def press():
        waits = WaitingParty.objects.filter(party=party).select_related(
            "party__owner", "offered_day__location__site"
        )
        accept_offer(waiting=waits[0], by=by, at=NOW)
        return "booked"

    with Together(2) as two:
        done = two.do(acting_for(by, press), acting_for(by, press))
    assert done.count("booked") == 1
    with acting(by):
        assert Chain.objects.filter(party=party).count() == 1


def test_two_workers_offer_a_freed_day_to_one_party_each_time(chain, by, acting):
    with acting(by):
        register(by)
        register(by)
        cancel_chain(chain=chain, reason="Has moved", by=by, at=NOW)

    def offer():
        offer_freed(site=the_site(), by=by, at=NOW)

    with Together(2) as two:
        two.do(acting_for(by, offer), acting_for(by, offer))
    with acting(by):
        assert waiting_parties().exclude(offered_day=None).count() == 1


def test_two_workers_follow_a_missed_day_up_once(chain, by, acting):
    with acting(by):
        chain.meetings.update(attendance=Meeting.Attendance.NO_SHOW)
        Chain.objects.filter(pk=chain.pk).update(state=Chain.State.DONE)
        missed = Chain.objects.select_related("party__owner", "site_day__location__site").get(pk=chain.pk)

    def follow():
        follow_up(chain=missed, by=by, at=missed.site_day.closes_at)

    with Together(2) as two:
        two.do(acting_for(by, follow), acting_for(by, follow))
    with acting(by):
        assert WaitingParty.objects.filter(ended_at=None).count() == 1
        assert Message.objects.filter(chain=chain, kind=Message.Kind.MISSED).count() == 1
