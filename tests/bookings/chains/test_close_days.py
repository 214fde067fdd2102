"""Days that have passed are closed, whoever owns them, and are past before they are closed."""

from datetime import timedelta

import pytest
import time_machine

from bookings.history import history_of_chain
from bookings.models import Chain, Party
from bookings.tasks import close_past_days
from tests.bookings.booking_steps import SECOND, book, register
from tests.browser import browser_of, words_of

pytestmark = pytest.mark.django_db


def test_a_passed_day_is_closed_once_and_nobody_did_it(chain, by, acting):
    with acting(by):
        other = book(register(by), by, first=SECOND)
        told = len(history_of_chain(chain))
    with time_machine.travel(chain.site_day.closes_at, tick=False):
        for _ in range(2):
            close_past_days()
    with acting(by):
        closed = Chain.objects.get(pk=chain.pk)
        assert (closed.state, closed.version) == (Chain.State.DONE, 2)
        assert Party.objects.get(pk=chain.party_id).version == 3
        assert Chain.objects.get(pk=other.pk).state == Chain.State.BOOKED
        assert len(history_of_chain(closed)) == told


def test_a_day_that_lies_ahead_stays_booked(chain, by, acting):
    with time_machine.travel(chain.site_day.closes_at - timedelta(seconds=1), tick=False):
        close_past_days()
    with acting(by):
        assert Chain.objects.get(pk=chain.pk).state == Chain.State.BOOKED


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_passed_day_is_past_on_every_page(chain, by, clock, is_closed):
    clock.move_to(chain.site_day.closes_at + timedelta(minutes=1))
    if is_closed:
        close_past_days()
    browser = browser_of(by)
    page = browser.get(f"/chains/{chain.reference}/")
    words = words_of(page)
    assert f"{chain.reference} past" in words
    assert "Not recorded whether anybody came" in words
    assert "Move the day" not in words
    assert "Book a new day" in words
    for address in ("/parties/", f"/parties/{chain.party.reference}/"):
        words = words_of(browser.get(address))
        assert "past" in words
        assert "Book a day" in words
    for verb in ("move", "cancel"):
        refused = browser.get(f"/chains/{chain.reference}/{verb}/")
        assert refused.status_code == 409
        assert "This day is past." in words_of(refused)
