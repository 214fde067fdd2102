"""Families of the demo answer as real ones do: who has no telephone writes a number to be called at."""

from datetime import timedelta

import pytest

from bookings.chains.book import book_chain
from bookings.models import SummonsAnswer
from motesplats.demo import messages
from motesplats.demo.data import demo_sites
from tests.bookings.booking_steps import FIRST, open_days, register, signed_proposal
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize(("phone", "typed"), [("", True), ("070-174 06 05", False)])
def test_whoever_asks_to_be_called_can_be(acting, monkeypatch, phone, typed):
    monkeypatch.setattr(messages, "ANSWERS", {SummonsAnswer.Kind.HELP: 1})
    caseworker = UserFactory()
    (day,) = open_days(FIRST)
    with acting(caseworker):
        party = register(caseworker, phone=phone)
        chain = book_chain(
            party=party, proposal=signed_proposal(party), by=caseworker, at=NOW, to_print=False
        )
    messages.tell_days(demo_sites()[0], [day], [caseworker], now=NOW + timedelta(days=3))
    with acting(caseworker):
        (answer,) = SummonsAnswer.objects.filter(chain=chain)
    assert bool(answer.call_number) == typed
