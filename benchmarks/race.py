"""RACE: sixty clients at once, forty bookings each, on eight desks and eight interpreters.

The clients are threads of fifteen processes, each with a database connection of its own. They begin within two
seconds of each other, and none of them rests between two bookings, which is harder than life. Each booking is the
verb in a transaction of its own; that a worker is told to print the letter afterwards is left out.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, datetime, time
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from random import Random
from time import perf_counter, sleep

from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from agencies.hours import at_wall_clock
from agencies.models import User
from agencies.secrecy import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, percentile, stopwatch
from benchmarks.ground import Ground, add_parties, analyse, make_ground
from bookings.booking import AlreadyBooked, SlotTaken, book_chain
from bookings.models import Party
from bookings.proposals import Offer, Proposal

CLIENTS, BOOKINGS, PROCESSES, DAYS = 60, 40, 15, 30
MINUTES = {"SKV": 30, "FK": 30, "AF": 60, "KOM": 45}
DESKS = dict.fromkeys(MINUTES, 2)
WALK, REST = 5, 15
# The chain fits between these and lunch, or closing time; those of one half of a day all get in each other's way.
BEGINNINGS = (time(8, 30), time(8, 35), time(8, 40), time(8, 45), time(12, 45))
P99 = 0.5
BEGIN_WITHIN = 2.0
Answer = tuple[str, float]


def measure() -> None:
    headline(f"RACE: {CLIENTS} clients × {BOOKINGS} bookings on {sum(DESKS.values())} desks × 8 interpreters")
    with stopwatch("preparation"):
        ground = make_ground("kalmar", desks=DESKS, interpreters={"ar": 8}, days=DAYS)
        by = ground.desks["AF"][0]
        with acting_as(viewer_of(by)):
            parties = add_parties(
                ground,
                by,
                number=CLIENTS * BOOKINGS + 1,
                births=[date(1990, 1, 1)],
                language="ar",
                basis="ANHORIG",
            )
        analyse()
        notes = [_note(ground, party, Random(party.reference)) for party in parties]  # noqa: S311
        _warm_up(by, parties.pop(), notes.pop())
    start = perf_counter()
    answers = _race(by.pk, [(party.pk, note) for party, note in zip(parties, notes, strict=True)])
    _tell(answers, perf_counter() - start)


def _warm_up(by: User, party: Party, note: str) -> None:
    """Every process has booked before: a worker loads its texts once, not while people wait."""
    for _ in range(2):
        with acting_as(viewer_of(by)):
            _book(party.pk, note, by)


def _tell(answers: list[Answer], seconds: float) -> None:
    kinds = Counter(kind for kind, _ in answers)
    definite = kinds["booked"] + kinds["taken"] + kinds["already"]
    waits = [wait for _, wait in answers]
    worst = percentile(waits, 0.99)
    figure("booked, taken by somebody else", f"{kinds['booked']}, {kinds['taken']}")
    figure("bookings answered in a second", f"{len(answers) / seconds:.0f}")
    figure("half of them within", milliseconds(percentile(waits, 0.5)))
    figure("99 % of them within", milliseconds(worst), promise="< 500 ms", kept=worst < P99)
    figure("overlaps", str(_overlaps()), promise="0", kept=_overlaps() == 0)
    figure("deadlocks", str(kinds["deadlock"]), promise="0", kept=not kinds["deadlock"])
    figure("definite answers", str(definite), promise=f"{len(answers)}", kept=definite == len(answers))
    for kind in set(kinds) - {"booked", "taken", "already", "deadlock"}:
        figure(kind, str(kinds[kind]))


def _race(by: int, work: list[tuple[int, str]]) -> list[Answer]:
    """Deal the bookings to the processes and start all clients at once."""
    connections.close_all()
    fork = get_context("fork")
    together = fork.Barrier(CLIENTS)
    with ProcessPoolExecutor(
        PROCESSES, mp_context=fork, initializer=_sit_down, initargs=(together,)
    ) as processes:
        hands = [processes.submit(_table, by, work[n::PROCESSES]) for n in range(PROCESSES)]
        return [answer for hand in hands for answer in hand.result()]


def _sit_down(together: Barrier) -> None:
    global _together  # noqa: PLW0603  a barrier is handed to a process when it is born, not later
    _together = together


def _table(by: int, work: list[tuple[int, str]]) -> list[Answer]:
    clients = CLIENTS // PROCESSES
    with ThreadPoolExecutor(clients) as threads:
        hands = [
            threads.submit(lambda share: list(_client(by, share)), work[n::clients]) for n in range(clients)
        ]
        return [answer for hand in hands for answer in hand.result()]


def _client(by: int, work: list[tuple[int, str]]) -> Iterator[Answer]:
    user = User.objects.select_related("agency").get(pk=by)
    viewer = viewer_of(user)
    with acting_as(viewer), transaction.atomic():  # a web worker's connection has booked before
        _book(*work[0], user)
        transaction.set_rollback(True)
    _together.wait()
    sleep(Random(work[0][0]).uniform(0, BEGIN_WITHIN))  # noqa: S311
    for party, note in work:
        start = perf_counter()
        with acting_as(viewer):
            kind = _book(party, note, user)
        yield kind, perf_counter() - start
    connection.close()


def _book(party: int, note: str, user: User) -> str:
    try:
        book_chain(
            party=Party.objects.get(pk=party), proposal=note, by=user, at=timezone.now(), to_print=False
        )
    except SlotTaken:
        return "taken"
    except AlreadyBooked:
        return "already"
    except DatabaseError as error:
        return "deadlock" if "deadlock" in str(error) else str(error).splitlines()[0]
    return "booked"


def _note(ground: Ground, party: Party, dice: Random) -> str:
    """A chain thrown with dice: some day, some beginning, some desk of each agency, some interpreter."""
    day = dice.choice(ground.days)
    offers = tuple(_offers(ground, at_wall_clock(day.date, dice.choice(BEGINNINGS)), dice))
    interpreter = dice.choice(ground.interpreters["ar"]).resource_id
    return Proposal(party.reference, day.pk, 2, interpreter, 0, offers).sign()


def _offers(ground: Ground, at: datetime, dice: Random) -> Iterator[Offer]:
    minute = int(at.timestamp()) // 60
    for place, (code, minutes) in enumerate(MINUTES.items(), start=1):
        desk = dice.choice(ground.desks[code])
        yield Offer(desk.agency_id, code, desk.resource_id, None, minute, minute + minutes)
        minute += minutes + WALK + (REST if place == 3 else 0)


def _overlaps() -> int:
    """Pairs of claims on one desk or interpreter at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH held AS (SELECT resource_id, period, row_number() OVER () AS n FROM free_busy)"
            " SELECT count(*) FROM held a JOIN held b ON a.resource_id = b.resource_id AND a.n < b.n"
            " AND a.period && b.period"
        )
        return cursor.fetchone()[0]
