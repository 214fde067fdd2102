"""A thousand reminders due in a quarter of an hour, while whatever can fall falls; prints what the gateway got.

The application's clock runs at the machine's speed, set ahead to seven in the morning (quiet hours hold reminders).
REMINDERS and REMINDER_MINUTES make it shorter. With a gateway that honours the key nothing is missing and nothing
double. With one that does not, an attempt whose outcome nobody knows is not repeated: it becomes a task.
"""

import os
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from bookings.models import Message
from motesplats.embedded.processes import wait_until
from motesplats.embedded.services import throwaway_folder
from tests.factories.agencies import UserFactory
from tests.gateways import StandIn, stand_in
from tests.motesplats.reminding import QUEUE, Figures, Morning, MorningCrew, set_ahead, through_the_morning
from tests.workers import stopping_at_the_end

pytestmark = pytest.mark.django_db(transaction=True)
REMINDERS, MINUTES = int(os.environ.get("REMINDERS", "1000")), float(os.environ.get("REMINDER_MINUTES", "15"))
CHILD_EVERY, WORKER_EVERY = 2, 30  # seconds
LATEST = timedelta(minutes=15)


def run(folder: Path, gateway: StandIn, *, number: int, minutes: float, honours_key: bool) -> Figures:
    told = {
        "SMS_URL": f"{gateway.http}/sms",
        "SMS_USER": "u",
        "SMS_PASSWORD": "p",
        "SMS_HONOURS_KEY": str(honours_key),
    }
    with (
        set_ahead() as begins,
        patch.dict(os.environ, told),
        stopping_at_the_end(MorningCrew(folder)) as crew,
    ):
        crew.start_redis()
        morning = Morning(UserFactory(), begins, timedelta(minutes=minutes), number)
        morning.plan()
        crew.start_worker(QUEUE)
        crew.start_beat()
        falls = through_the_morning(morning, crew, child_every=CHILD_EVERY, worker_every=WORKER_EVERY)
        wait_until(lambda: not morning.waiting(), processes=[], seconds=LATEST.total_seconds())
        figures = morning.figures(gateway)
    print(
        f"\n{'The key is honoured' if honours_key else 'The key is not honoured'}; {dict(falls)}\n{figures}"
    )
    return figures


def test_a_thousand_reminders_arrive_once_and_in_time(tmp_path: Path) -> None:
    with throwaway_folder() as folder, stand_in(tmp_path) as gateway:
        figures = run(folder, gateway, number=REMINDERS, minutes=MINUTES, honours_key=True)
    assert (figures.missing, figures.double, figures.unknown) == (0, 0, 0)
    assert (figures.after_start, figures.after_cancellation) == (0, 0)
    assert figures.latest < LATEST
    assert set(figures.fates) <= {"sent", "delivered", "dropped cancelled", "dropped past"}


def test_with_a_gateway_that_forgets_keys_nothing_is_double_and_the_rest_are_tasks(tmp_path: Path) -> None:
    with throwaway_folder() as folder, stand_in(tmp_path) as gateway:
        gateway.turn("forgets keys")
        figures = run(folder, gateway, number=REMINDERS // 5, minutes=MINUTES / 5, honours_key=False)
    assert figures.double == 0
    assert figures.missing <= figures.fates[f"{Message.State.FAILED} unknown"]
