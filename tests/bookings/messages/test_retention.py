"""Messages and closed contacts go when the party is made anonymous."""

import pytest

from bookings.models import ContactBlock, Message, Party
from tests.bookings.messages.conftest import sweep
from tests.factories.bookings import ContactBlockFactory
from tests.moment import NOW
from tests.motesplats.test_retention import decide, retain_at

pytestmark = pytest.mark.django_db


def test_an_anonymous_party_has_no_messages_and_no_closed_contacts(chain, gateway, acting, caseworker, clock):
    sweep(NOW)
    with acting(caseworker):
        ContactBlockFactory(party=chain.party)
    decide("anonymise", months=24)
    assert retain_at(clock, "2030-01-01T02:00:00+01:00")["bookings.party anonymise"] == 1
    with acting(caseworker):
        assert Party.objects.get(pk=chain.party_id).anonymised_at
        assert not Message.objects.exists()
        assert not ContactBlock.objects.exists()
