"""The letters' worker is killed ten times while three hundred letters print; prints copies, doubles, heartbeat."""

from time import monotonic

import pytest

from tests.motesplats.printing import book_letters, kill_while_printing, office
from tests.outbox import outbox
from tests.workers import crew, letters_printed, printed_twice

pytestmark = pytest.mark.django_db(transaction=True)
LETTERS, KILLS = 300, 10
OLDEST_HEARTBEAT = 30  # seconds


def test_every_letter_is_printed_once_and_the_heart_beats_on() -> None:
    by, search = office(LETTERS)
    book_letters(by, search, letters=LETTERS)
    with crew() as members:
        members.start_worker("quick")
        members.start_beat()
        began = monotonic()
        all_printed = kill_while_printing(members, by, letters=LETTERS, kills=KILLS, seconds=1800)
    again = [dispatch for dispatch in outbox() if dispatch.attempts > 1]
    beat = members.oldest_heartbeat.total_seconds()
    print(
        f"\n{LETTERS} letters, {KILLS} kills: {letters_printed(by)} printed in {monotonic() - began:.0f} s,"
        f" {printed_twice(by)} twice, {len(again)} taken again after a kill;"
        f" oldest heartbeat {beat:.1f} s"
    )
    assert all_printed
    assert printed_twice(by) == 0
    assert 0 < beat <= OLDEST_HEARTBEAT
