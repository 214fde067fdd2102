"""Who waits: from the registration until a day is booked; each agency its own, and only a count of all."""

import pytest

from bookings.models import WaitingParty
from bookings.waiting.join import End, Why, stop_waiting, wait_for_day
from bookings.waiting.queries import waiting_counts, waiting_parties
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import CoordinatorFactory, SecretariatFactory, UserFactory, the_site
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def party(by, acting):
    with acting(by):
        return register(by)


def test_a_party_waits_from_its_registration(by, party, acting):
    with acting(by):
        waits = waiting_parties().get()
    assert (waits.party, waits.why, waits.site) == (party, Why.NO_DAY, the_site())


def test_a_booked_day_ends_the_waiting(by, party, acting):
    open_days(FIRST)
    with acting(by):
        book(party, by, last=FIRST)
        assert not waiting_parties()
        assert WaitingParty.objects.get().end == End.BOOKED


def test_who_waits_already_keeps_its_place_and_has_the_later_reason(by, party, acting):
    with acting(by):
        wait_for_day(party=party, site=the_site("malmo"), why=Why.MISSED, by=by, at=NOW)
        wait_for_day(party=party, site=the_site(), why=Why.NO_DAY, by=by, at=NOW)
        waits = waiting_parties().get()
    assert (waits.why, waits.site, waits.since) == (Why.MISSED, the_site("malmo"), NOW)


def test_to_stop_twice_changes_nothing(by, party, acting):
    with acting(by):
        stop_waiting(party=party, how=End.LEFT, at=NOW)
        stop_waiting(party=party, at=NOW)
        assert WaitingParty.objects.get().end == End.LEFT


def test_another_agency_sees_nobody_wait(party, acting):
    with acting(UserFactory(agency="AF")):
        assert not waiting_parties()


def test_the_coordinator_and_the_secretariat_know_how_many_wait_and_nobody_else(party, acting):
    sites = [the_site().pk]
    for user in (CoordinatorFactory(agency="AF"), SecretariatFactory()):
        with acting(user):
            assert waiting_counts(sites) == {the_site().pk: 1}
    for user in (UserFactory(agency="AF"), CoordinatorFactory(sites=[the_site("malmo")])):
        with acting(user):
            assert waiting_counts(sites) == {the_site().pk: 0}
