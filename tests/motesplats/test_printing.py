"""A sample of script/drill outbox and script/drill kill-workers: a real Redis that stops, a real kill -9."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.dispatches.handlers import LETTERS
from bookings.summons import copies
from bookings.summons.copies import KIND
from motesplats.embedded.processes import wait_until
from tests.motesplats.printing import book_letters, book_while_redis_stops, office
from tests.outbox import outbox, send_all
from tests.workers import LEASE as SECONDS
from tests.workers import crew, letters_printed, printed_twice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _set_in_words(monkeypatch) -> None:
    """What this process prints is no PDF; what the killed one prints is."""
    monkeypatch.setattr(copies, "render_each_and_all", lambda letters: [b"%PDF-"] * (len(letters) + 1))


def test_redis_stops_in_the_middle_of_bookings_and_nothing_is_lost():
    by, search = office(6)
    with crew() as members:
        assert book_while_redis_stops(members, by, search, bookings=6) == {201: 6}
    assert send_all(KIND) == 6
    assert (letters_printed(by), printed_twice(by)) == (6, 0)


def test_a_worker_that_is_killed_while_it_prints_loses_nothing():
    by, search = office(3)
    book_letters(by, search, letters=3)
    with crew() as members:
        members.start_one_sweep(LETTERS)
        assert wait_until(lambda: bool(outbox(state="sending")), processes=[])
        members.kill(LETTERS)
    assert len(outbox(state="sending")) == 1
    send_all(KIND, at=timezone.now() + timedelta(seconds=SECONDS))
    assert (letters_printed(by), printed_twice(by)) == (3, 0)
    assert [d.attempts for d in outbox() if d.attempts > 1] == [2]
