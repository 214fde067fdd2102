"""A morning on which many families are reminded while workers, Redis, beat and the database fall.

The clock of the application runs at the machine's speed, set ahead so that it is a morning without quiet hours.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from unittest.mock import patch

import time_machine
from django.db import connections
from django.utils import timezone
from redis import Redis

from agencies.clock import at_wall_clock
from agencies.dispatches.outbox import add_dispatch
from agencies.models import User
from agencies.secrecy.context import acting_as, viewer_of
from bookings.links.tokens import set_hashes
from bookings.messages.plan import KIND
from bookings.messages.queries import arrival_of
from bookings.models import Chain, Message
from motesplats.embedded.account import run_as
from motesplats.embedded.processes import Process, start, wait_until
from tests.factories.agencies import SiteDayFactory
from tests.factories.bookings import (
    ChainFactory,
    LinkFactory,
    MeetingFactory,
    MessageFactory,
    PartyFactory,
    SummonsFactory,
)
from tests.gateways import StandIn
from tests.workers import CELERY, Crew

QUEUE = "messages"
BOOT = (
    "import sys; sys.argv[0] = 'celery'; import tests.shifted_clock;"
    " from celery.__main__ import main; sys.exit(main())"
)
SWEEP = (
    "import tests.shifted_clock; import django; django.setup();"
    " from agencies.tasks import send_due; send_due(queue='messages')"
)
PHONES = tuple(f"+467017406{number:02}" for number in range(5, 100))
# Of a hundred families so many are cancelled before they are reminded, and arrive so soon that a late reminder is none.
CANCELLED, HASTY = 5, 5
SOON = timedelta(seconds=60)
MARGIN = timedelta(hours=2)
# The database servers that were started again; they stay until this process ends.
SERVERS: list[Process] = []


def morning_from(moment: datetime) -> datetime:
    """Seven o'clock of the next morning in Stockholm."""
    return at_wall_clock(timezone.localdate(moment) + timedelta(days=1), time(7))


@contextmanager
def set_ahead() -> Iterator[datetime]:
    """This process's clock, and by the environment the workers', at seven in the morning; gives that moment."""
    begins = morning_from(timezone.now())
    ahead = (begins - timezone.now()).total_seconds()
    with patch.dict(os.environ, {"SECONDS_AHEAD": str(ahead)}), time_machine.travel(begins, tick=True):
        yield begins


@dataclass
class Morning:
    """The families of one morning, and what the gateway got for them."""

    by: User
    begins: datetime
    length: timedelta
    number: int
    random: Random = field(default_factory=lambda: Random(11))
    reminders: list[Message] = field(default_factory=list)
    arrivals: dict[str, datetime] = field(default_factory=dict)
    cancelled: dict[str, datetime] = field(default_factory=dict)  # key of the reminder: when

    @property
    def ends(self) -> datetime:
        return self.begins + self.length

    def plan(self) -> None:
        """Write the families and their reminders, as the verbs do."""
        day = timezone.localdate(self.begins)
        with acting_as(viewer_of(self.by)):
            site_day = SiteDayFactory(date=day, opens_at=self.begins, closes_at=at_wall_clock(day, time(22)))
            for number in range(self.number):
                due_at = self.begins + self.length * self.random.random()
                is_hasty = number % 100 >= 100 - HASTY
                self._family(number, site_day, due_at, due_at + (SOON if is_hasty else MARGIN))

    def _family(self, number: int, site_day, due_at: datetime, arrives_at: datetime) -> None:
        party = PartyFactory(
            registered_by=self.by, phone=PHONES[number % len(PHONES)], members=[date(1990, 1, 1)]
        )
        chain = ChainFactory(party=party, site_day=site_day)
        MeetingFactory(chain=chain, starts_at=arrives_at)
        summons = SummonsFactory(chain=chain, made_at=self.begins - timedelta(days=9))
        link = LinkFactory.build(chain=chain, newcomer=party.members.get(), valid_until=site_day.closes_at)
        set_hashes(link)
        link.save()
        reminder = MessageFactory(
            chain=chain,
            link=link,
            newcomer=link.newcomer,
            kind=Message.Kind.REMINDER_MORNING,
            planned_at=summons.made_at,
            due_at=due_at,
        )
        add_dispatch(kind=KIND, subject=reminder.pk, by=self.by, at=summons.made_at, due_at=due_at)
        self.reminders.append(reminder)
        self.arrivals[str(reminder.key)] = arrival_of(
            chain, newcomer=link.newcomer_id, made_at=summons.made_at
        )

    def cancel_some(self) -> None:
        """Cancel those whose turn it is to be reminded in a quarter of the morning or later."""
        later = [one for one in self.reminders if one.due_at > timezone.now() + self.length / 4]
        wanted = max(1, self.number * CANCELLED // 100 // 2)
        chosen = self.random.sample(later, min(wanted, len(later)))
        with acting_as(viewer_of(self.by)):
            Chain.objects.filter(pk__in=[one.chain_id for one in chosen]).update(
                state=Chain.State.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Ill"
            )
        self.cancelled |= {str(one.key): timezone.now() for one in chosen}

    def is_over(self, crew: "MorningCrew") -> bool:
        """Whether all have a fate, with a worker at it."""
        crew.start_fallen()
        return not self.waiting()

    def waiting(self) -> int:
        """How many reminders have no fate yet."""
        with acting_as(viewer_of(self.by)):
            return Message.objects.filter(state=Message.State.PLANNED).count()

    def figures(self, gateway: StandIn) -> "Figures":
        """Compare what was planned with what the gateway has taken."""
        with acting_as(viewer_of(self.by)):
            fates = {str(one.key): one for one in Message.objects.all()}
        ahead = timedelta(seconds=float(os.environ["SECONDS_AHEAD"]))
        taken = Counter[str]()
        found = Figures(planned=len(fates))
        for text in gateway.texts():
            key, at = text["key"], datetime.fromisoformat(text["at"]) + ahead
            taken[key] += 1
            found.after_start += at > self.arrivals[key]
            found.after_cancellation += key in self.cancelled and at > self.cancelled[key]
            found.latest = max(found.latest, at - fates[key].due_at)
        found.arrived, found.double = len(taken), sum(times - 1 for times in taken.values())
        dropped = {key for key, one in fates.items() if one.state == "dropped"}
        found.dropped, found.unknown = len(dropped), sum(one.why == "unknown" for one in fates.values())
        found.missing = len(set(fates) - set(taken) - dropped)
        found.again = sum(one.attempts > 1 for one in fates.values())
        found.fates = Counter(f"{one.state} {one.why}".strip() for one in fates.values())
        return found


@dataclass
class Figures:
    """Numbers of reminders; `double` counts the texts beyond the first of each."""

    planned: int
    arrived: int = 0
    missing: int = 0
    double: int = 0
    dropped: int = 0
    unknown: int = 0
    again: int = 0
    after_start: int = 0
    after_cancellation: int = 0
    latest: timedelta = timedelta(0)
    fates: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        return (
            f"{self.planned} reminders: {self.arrived} arrived, {self.missing} missing, {self.double} double,"
            f" {self.after_start} after the start, {self.after_cancellation} after a cancellation,"
            f" the latest {self.latest.total_seconds():.0f} s late; {self.again} took more than one attempt;"
            f" {dict(self.fates)}"
        )


@dataclass
class MorningCrew(Crew):
    """A crew whose clock is set ahead."""

    random: Random = field(default_factory=lambda: Random(7))

    def _start(self, name: str, command: list[str]) -> None:
        if command[: len(CELERY)] == CELERY:
            command = [sys.executable, "-c", BOOT, "-A", "motesplats", *command[len(CELERY) :]]
        super()._start(name, command)

    def start_one_sweep(self, queue: str) -> None:
        self._start(queue, [sys.executable, "-c", SWEEP])

    def kill_child(self) -> bool:
        """Kill -9 one of the worker's pool; tells whether there was one."""
        parent = self.running[QUEUE].child.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(self.random.choice(children)), signal.SIGKILL)
        return bool(children)

    def start_fallen(self) -> bool:
        """Start the worker again if it has ended by itself, as the launcher does; tells whether it had.

        Celery ends when one of its pool is killed at the very moment at which the worker gets ready.
        """
        has_fallen = self.running[QUEUE].ended
        if has_fallen:
            self.stop(QUEUE)
            self.start_worker(QUEUE)
        return has_fallen

    def empty_redis(self) -> None:
        with Redis.from_url(self.redis_url) as redis:
            redis.flushall()


def restart_beat(crew: Crew) -> None:
    crew.kill("beat")
    crew.start_beat()


def through_the_morning(
    morning: Morning, crew: MorningCrew, *, child_every: float, worker_every: float
) -> Counter[str]:
    """Let everything fall that may fall, until the last reminder was due; returns how often what fell."""
    falls, began = Counter[str](), monotonic()
    length = morning.length.total_seconds()
    once = {
        0.2: ("cancellations", morning.cancel_some),
        0.3: ("redis emptied", crew.empty_redis),
        0.45: ("beat restarted", lambda: restart_beat(crew)),
        0.5: ("cancellations", morning.cancel_some),
        0.55: ("database restarted", lambda: restart_database(crew)),
        0.7: ("redis emptied", crew.empty_redis),
    }
    next_worker = worker_every
    while (spent := monotonic() - began) < length:
        wait_until(lambda: False, processes=[], seconds=child_every)
        if spent >= next_worker:
            crew.kill(QUEUE)
            crew.start_worker(QUEUE)
            falls["workers killed"] += 1
            next_worker += worker_every
        else:
            falls["children killed"] += crew.kill_child()
        falls["workers started again"] += crew.start_fallen()
        for share in [share for share in once if spent >= share * length]:
            name, act = once.pop(share)
            act()
            falls[name] += 1
    return falls


def restart_database(crew: MorningCrew) -> None:
    """End the server of the tests' database at once, as a crash does, and start it again with what it was told.

    It stays until this process ends, since the tables are still to be emptied.
    """
    port = str(connections["default"].settings_dict["PORT"])
    connections.close_all()
    pid, told = next((pid, told) for pid, told in _processes() if f"port={port}" in told)
    os.kill(pid, signal.SIGQUIT)
    assert wait_until(lambda: _is_gone(pid), processes=[], seconds=20)
    log = crew.folder / "postgres.log"
    options = {"stop_signal": signal.SIGINT, "cwd": "/", **run_as()}
    SERVERS.append(start("postgres", told, log=log, **options))
    assert wait_until(_answers, processes=[], seconds=30)


def _processes() -> Iterator[tuple[int, list[str]]]:
    """Each process of the machine with its arguments."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                told = folder.joinpath("cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
                yield int(folder.name), told


def _is_gone(pid: int) -> bool:
    """Whether it has ended, waited for by its parent or not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def _answers() -> bool:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001  whatever it is, it is not up yet
        connections.close_all()
        return False
    return True
