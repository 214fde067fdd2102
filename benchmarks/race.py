"""RACE: sixty clients at once, forty bookings each, on eight desks and eight interpreters.

Twice: first as in life, where the clients wait for a free thread of the web server's workers, as many as
`script/server` runs, and the waiting counts; then with a database connection for each client, all sixty let loose on
the claims at once. They begin within two seconds of each other, and none of them rests between two bookings, which is
harder than life. Each booking is the verb in a transaction of its own; that a worker is told to print the letter
afterwards is left out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, datetime, time
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from random import Random
from threading import Timer
from time import perf_counter, sleep
from typing import Any

from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from agencies.clock import at_wall_clock
from agencies.models import SiteDay, User
from agencies.secrecy.context import Viewer, acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, percentile, stopwatch
from benchmarks.ground import ConsentScope, add_parties, analyse, make_ground
from bookings.chains.book import AlreadyBooked, book_chain
from bookings.chains.placement import SlotTaken
from bookings.models import Party
from bookings.proposals.signed import Offer, Proposal

CLIENTS, BOOKINGS, PROCESSES, DAYS = 60, 40, 15, 30
WORKERS, THREADS = 2, 4
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
        ground = make_ground("kalmar", desks=DESKS, interpreters={"ar": 8}, days=2 * DAYS)
        by = ground.desks["AF"][0]
        with acting_as(viewer_of(by)):
            parties = add_parties(
                ground,
                by,
                number=2 * CLIENTS * BOOKINGS + 1,
                births=[date(1990, 1, 1)],
                language="ar",
                basis="ANHORIG",
            )
        analyse()
        served, loose = ground.days[:DAYS], ground.days[DAYS:]
        work = [
            (party.pk, _note(ground, served if n % 2 else loose, party, Random(party.reference)))  # noqa: S311
            for n, party in enumerate(parties)
        ]
        _warm_up(by, *work.pop())
    for title, race, begin in (
        (f"served by {WORKERS} web workers with {THREADS} threads each", _serve_all, 1),
        ("a database connection each", _race, 0),
    ):
        start = perf_counter()
        answers = race(by.pk, work[begin::2])
        _tell(title, answers, perf_counter() - start, promised=race is _serve_all)


def _warm_up(by: User, party: int, note: str) -> None:
    """Every process has booked before: a worker loads its texts once, not while people wait."""
    for _ in range(2):
        with acting_as(viewer_of(by)):
            _book(party, note, by)


def _tell(title: str, answers: list[Answer], seconds: float, *, promised: bool) -> None:
    kinds = Counter(kind for kind, _ in answers)
    definite = kinds["booked"] + kinds["taken"] + kinds["already"]
    waits = [wait for _, wait in answers]
    worst = percentile(waits, 0.99)
    figure("clients", title)
    figure("booked, taken by somebody else", f"{kinds['booked']}, {kinds['taken']}")
    figure("bookings answered in a second", f"{len(answers) / seconds:.0f}")
    figure("half of them within", milliseconds(percentile(waits, 0.5)))
    if promised:
        figure("99 % of them within", milliseconds(worst), promise="< 500 ms", kept=worst < P99)
    else:
        figure("99 % of them within", milliseconds(worst))
    figure("overlaps", str(_overlaps()), promise="0", kept=_overlaps() == 0)
    figure("deadlocks", str(kinds["deadlock"]), promise="0", kept=not kinds["deadlock"])
    figure("definite answers", str(definite), promise=f"{len(answers)}", kept=definite == len(answers))
    for kind in set(kinds) - {"booked", "taken", "already", "deadlock"}:
        figure(kind, str(kinds[kind]))


def _serve_all(by: int, work: list[tuple[int, str]]) -> list[Answer]:
    """The clients ask, and again as soon as they have their answer; a free thread answers who has waited longest."""
    connections.close_all()
    fork = get_context("fork")
    asked, answered = fork.Queue(), fork.Queue()
    workers = [fork.Process(target=_serve, args=(by, work[0], asked, answered)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for _ in range(WORKERS * THREADS):
        answered.get()
    shares = [iter(work[n::CLIENTS]) for n in range(CLIENTS)]
    sent = [0.0] * CLIENTS

    def ask(client: int) -> None:
        if (further := next(shares[client], None)) is not None:
            sent[client] = perf_counter()
            asked.put((client, *further))

    for client in range(CLIENTS):
        Timer(Random(client).uniform(0, BEGIN_WITHIN), ask, [client]).start()  # noqa: S311
    answers: list[Answer] = []
    while len(answers) < len(work):
        client, kind = answered.get()
        answers.append((kind, perf_counter() - sent[client]))
        ask(client)
    for _ in range(WORKERS * THREADS):
        asked.put(None)
    for worker in workers:
        worker.join()
    return answers


def _serve(by: int, first: tuple[int, str], asked: "Queue[Any]", answered: "Queue[Any]") -> None:
    """A web worker and its threads."""

    def answer_all() -> None:
        user, viewer = _sit_at_connection(by, first)
        answered.put(None)
        for client, party, note in iter(asked.get, None):
            with acting_as(viewer):
                kind = _book(party, note, user)
            answered.put((client, kind))
        connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        hands = [threads.submit(answer_all) for _ in range(THREADS)]
        for hand in hands:
            hand.result()


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


def _sit_at_connection(by: int, first: tuple[int, str]) -> tuple[User, Viewer]:
    """A web worker's connection has booked before."""
    user = User.objects.select_related("agency").get(pk=by)
    viewer = viewer_of(user)
    with acting_as(viewer), transaction.atomic():
        _book(*first, user)
        transaction.set_rollback(True)
    return user, viewer


def _client(by: int, work: list[tuple[int, str]]) -> Iterator[Answer]:
    user, viewer = _sit_at_connection(by, work[0])
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


def _note(ground: ConsentScope, days: Sequence[SiteDay], party: Party, dice: Random) -> str:
    """A chain thrown with dice: some day, some beginning, some desk of each agency, some interpreter."""
    day = dice.choice(days)
    offers = tuple(_offers(ground, at_wall_clock(day.date, dice.choice(BEGINNINGS)), dice))
    interpreter = dice.choice(ground.interpreters["ar"]).resource_id
    return Proposal(party.reference, day.pk, 2, interpreter, 0, offers).sign()


def _offers(ground: ConsentScope, at: datetime, dice: Random) -> Iterator[Offer]:
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
