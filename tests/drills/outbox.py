"""Redis is stopped in the middle of two hundred bookings; prints the answers, the letters and what was double."""

import logging
from time import monotonic

import pytest

from tests.motesplats.printing import book_while_redis_stops, office
from tests.outbox import outbox
from tests.workers import crew, letters_printed, printed_twice

pytestmark = pytest.mark.django_db(transaction=True)
BOOKINGS = 200


def test_every_booking_is_answered_and_every_letter_printed_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, logger="django_structlog")  # two lines a request hide the figures
    by, search = office(BOOKINGS)
    with crew() as members:
        for queue in ("quick", "letters"):
            members.start_worker(queue)
        members.start_beat()
        began = monotonic()
        answers = book_while_redis_stops(members, by, search, bookings=BOOKINGS)
        booked = monotonic() - began
        all_printed = members.wait_for(letters=BOOKINGS, by=by, seconds=1200)
    print(
        f"\n{BOOKINGS} bookings, Redis away for a third of them: answers {dict(answers)} in {booked:.0f} s;"
        f" {letters_printed(by)} letters printed in {monotonic() - began:.0f} s, {printed_twice(by)} twice,"
        f" {len(outbox(state='failed'))} given up"
    )
    assert answers == {201: BOOKINGS}
    assert all_printed
    assert printed_twice(by) == 0
