"""A sample of script/drill reminders: real gateway, real kill -9 in the middle of a batch."""

import os
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.utils import timezone

from bookings.messages.plan import KIND
from motesplats.embedded.processes import wait_until
from motesplats.embedded.services import throwaway_folder
from tests.factories.agencies import UserFactory
from tests.gateways import stand_in
from tests.motesplats.reminding import QUEUE, Morning, MorningCrew, set_ahead
from tests.outbox import send_all
from tests.workers import stopping_at_the_end

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = 30
AFTER_LEASE = timedelta(seconds=100)


@pytest.mark.parametrize("honours_key", [True, False])
def test_a_killed_worker_reminds_nobody_twice(tmp_path: Path, settings, honours_key: bool) -> None:
    with throwaway_folder() as folder, stand_in(tmp_path) as gateway, set_ahead() as begins:
        gateway.turn("works" if honours_key else "forgets keys")
        told = gateway.settings | {"SMS_HONOURS_KEY": honours_key}
        for name, value in told.items():
            setattr(settings, name, value)
        morning = Morning(UserFactory(), begins, timedelta(seconds=-60), NUMBER)
        morning.plan()
        env = {name: str(told[name]) for name in ("SMS_URL", "SMS_USER", "SMS_PASSWORD", "SMS_HONOURS_KEY")}
        with patch.dict(os.environ, env), stopping_at_the_end(MorningCrew(folder)) as crew:
            crew.start_one_sweep(QUEUE)
            assert wait_until(lambda: len(gateway.texts()) > 2, processes=[], seconds=20)
            crew.kill(QUEUE)
        send_all(KIND, at=timezone.now() + AFTER_LEASE)
        figures = morning.figures(gateway)
    assert figures.double == 0
    assert figures.unknown <= (0 if honours_key else 1)  # the one that was under way becomes a task
    assert figures.missing <= figures.unknown
