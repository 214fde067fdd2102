"""Redis, Celery's workers and beat as processes of a test's own, to be stopped, killed and started again."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from django.db import connection
from django.utils import timezone

from agencies.dispatches.handlers import QUICK
from agencies.models import Heartbeat, Reading, User
from agencies.secrecy.context import Viewer, acting_as, viewer_of
from bookings.models import SummonsCopy
from motesplats.embedded.account import programs
from motesplats.embedded.processes import Process, free_port, start, stop_all, wait_until
from motesplats.embedded.redis import redis_answers, start_redis
from motesplats.embedded.services import throwaway_folder

CELERY = [sys.executable, "-m", "celery", "-A", "motesplats"]
SWEEP = "import django; django.setup(); from agencies.tasks import send_due; send_due(queue={queue!r})"
Members = TypeVar("Members", bound="Crew")
LEASE = 60  # seconds, so that a drill need not wait for minutes


@dataclass
class Crew:
    """What runs beside the test; Redis keeps nothing when it is stopped."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: dict[str, Process] = field(default_factory=dict)
    oldest_heartbeat: timedelta = timedelta(0)

    @property
    def redis_url(self) -> str:
        return f"redis://:drill@127.0.0.1:{self.port}/0"

    def start_redis(self) -> None:
        self.running["redis"] = start_redis(
            self.folder / "redis",
            programs=programs(self.folder),
            port=self.port,
            password="drill",
            log=self.folder / "redis.log",
            throwaway=True,
        )
        assert wait_until(lambda: redis_answers(self.redis_url), processes=[])

    def start_worker(self, queue: str) -> None:
        quiet = ["--without-gossip", "--without-mingle", "-c", "2", "-n", f"{queue}@drill"]
        self._start(queue, [*CELERY, "worker", "-Q", queue, *quiet])

    def start_one_sweep(self, queue: str) -> None:
        """Let a process send once what is due, without Celery, which takes long to start."""
        self._start(queue, [sys.executable, "-c", SWEEP.format(queue=queue)])

    def start_beat(self) -> None:
        self._start("beat", [*CELERY, "beat", "--schedule", str(self.folder / "schedule"), "--pidfile="])

    def stop(self, name: str) -> None:
        stop_all([self.running.pop(name)])

    def kill(self, name: str) -> None:
        """Kill -9, the worker and what it has forked."""
        child = self.running.pop(name).child
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def wait_for(self, *, letters: int, by: User, seconds: float) -> bool:
        """Wait until so many letters are printed; remember how old the quick worker's heartbeat became meanwhile."""

        def printed() -> bool:
            beat = Heartbeat.objects.filter(name=QUICK).first()
            if beat:
                self.oldest_heartbeat = max(self.oldest_heartbeat, timezone.now() - beat.beat_at)
            return letters_printed(by) >= letters

        return wait_until(printed, processes=[], seconds=seconds)

    def _start(self, name: str, command: list[str]) -> None:
        database = connection.settings_dict
        account = f"{database['USER']}:{database['PASSWORD']}"
        address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
        env = os.environ | {
            "DATABASE_URL": f"postgres://{account}@{address}",
            "MIGRATOR_DATABASE_URL": f"postgres://{account}@{address}",
            "REDIS_URL": self.redis_url,
            "DISPATCH_LEASE": str(LEASE),
        }
        self.running[name] = start(name, command, env=env, log=self.folder / f"{name}.log")


@contextmanager
def crew() -> Iterator[Crew]:
    """A crew with its Redis; what still runs at the end is ended."""
    with throwaway_folder() as folder, stopping_at_the_end(Crew(folder)) as members:
        members.start_redis()
        yield members


@contextmanager
def stopping_at_the_end(members: Members) -> Iterator[Members]:
    """What the crew still runs at the end is ended."""
    try:
        yield members
    finally:
        stop_all(list(members.running.values()))


def letters_printed(by: User) -> int:
    """How many versions have their joint copy."""
    with acting_as(viewer_of(by)):
        return SummonsCopy.objects.filter(link=None).count()


def printed_twice(by: User) -> int:
    """How many printings there were beyond the first of each person, by the read log."""
    with acting_as(Viewer(user=by.pk, agency=by.agency_id, role="manager")):
        people = list(Reading.objects.filter(what=Reading.What.PRINT).values_list("person", flat=True))
    return len(people) - len(set(people))
