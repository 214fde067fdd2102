"""Events: what a verb did, with its facts."""

import pytest

from bookings.events import record_event
from bookings.models import Event
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


def test_an_event_is_kept_with_its_chain_and_its_facts(acting):
    by = UserFactory()
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        record_event(
            kind=Event.Kind.CHECKED_IN,
            party_id=chain.party_id,
            chain_id=chain.pk,
            by=by,
            at=NOW,
            agency="MIG",
        )
        event = Event.objects.get(kind=Event.Kind.CHECKED_IN)
        assert (event.party, event.chain, event.by, event.at) == (chain.party, chain, by, NOW)
        assert event.facts == {"agency": "MIG"}


def test_an_event_of_a_party_has_no_chain(acting):
    by = UserFactory()
    with acting(by):
        party = register(by)
        record_event(kind=Event.Kind.OPENED, party_id=party.pk, by=by, at=NOW)
        event = Event.objects.get(kind=Event.Kind.OPENED)
        assert (event.chain, event.facts) == (None, {})
