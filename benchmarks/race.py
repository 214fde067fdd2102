"""RACE: sixty clients at once, forty bookings each, on eight desks and eight interpreters.

Measured twice: first through as many workers and threads as `script/server` runs, where the time waiting for a free
thread counts; then with a database connection for each client. Clients begin within BEGIN_WITHIN seconds and book
without pause. Each booking is `book_chain` in a transaction of its own, without the task that prints the letter.
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
from benchmarks.sites import BenchSite, add_parties, analyse, make_site
from bookings.chains.book import AlreadyBooked, book_chain
from bookings.chains.placement import SlotTaken
from bookings.models import Party
from bookings.proposals.signed import Offer, Proposal

CLIENTS, BOOKINGS, PROCESSES, DAYS = 60, 40, 15, 30
WORKERS, THREADS = 2, 4
MINUTES = {"SKV": 30, "FK": 30, "AF": 60, "KOM": 45}
DESKS = dict.fromkeys(MINUTES, 2)
WALK, REST = 5, 15
# From each of these the chain fits before lunch or closing time; any two chains of one half of a day overlap.
BEGINNINGS = (time(8, 30), time(8, 35), time(8, 40), time(8, 45), time(12, 45))
P99 = 0.5
BEGIN_WITHIN = 2.0
Answer = tuple[str, float]


def measure() -> None:
    headline(f"RACE: {CLIENTS} clients × {BOOKINGS} bookings on {sum(DESKS.values())} desks × 8 interpreters")
    with stopwatch("preparation"):
        bench = make_site("kalmar", desks=DESKS, interpreters={"ar": 8}, days=2 * DAYS)
        by = bench.desks["AF"][0]
        with acting_as(viewer_of(by)):
            parties = add_parties(
                bench,
                by,
                number=2 * CLIENTS * BOOKINGS + 1,
                births=[date(1990, 1, 1)],
                language="ar",
                basis="ANHORIG",
            )
        analyse()
        served, loose = bench.days[:DAYS], bench.days[DAYS:]
        work = [
            (party.pk, _signed_proposal(bench, served if n % 2 else loose, party, Random(party.reference)))  # noqa: S311
            for n, party in enumerate(parties)
        ]
        _warm_up(by, *work.pop())
    for title, race, begin in (
        (f"served by {WORKERS} web workers with {THREADS} threads each", _serve_all, 1),
        ("a database connection each", _race, 0),
    ):
        start = perf_counter()
        answers = race(by.pk, work[begin::2])
        _report(title, answers, perf_counter() - start, promised=race is _serve_all)


def _warm_up(by: User, party: int, signed: str) -> None:
    """Book twice before the processes fork, so that they have the translations loaded."""
    for _ in range(2):
        with acting_as(viewer_of(by)):
            _book(party, signed, by)


def _report(title: str, answers: list[Answer], seconds: float, *, promised: bool) -> None:
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
    """Each client sends its next booking when the last is answered; free threads take them first in, first out."""
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
    """Run one web worker with its threads until each of them has read a None."""

    def answer_all() -> None:
        user, viewer = _warm_connection(by, first)
        answered.put(None)
        for client, party, signed in iter(asked.get, None):
            with acting_as(viewer):
                kind = _book(party, signed, user)
            answered.put((client, kind))
        connection.close()

    with ThreadPoolExecutor(THREADS) as threads:
        futures = [threads.submit(answer_all) for _ in range(THREADS)]
        for future in futures:
            future.result()


def _race(by: int, work: list[tuple[int, str]]) -> list[Answer]:
    """Share the bookings among the processes and start all clients at once."""
    connections.close_all()
    fork = get_context("fork")
    together = fork.Barrier(CLIENTS)
    with ProcessPoolExecutor(
        PROCESSES, mp_context=fork, initializer=_keep_barrier, initargs=(together,)
    ) as processes:
        futures = [processes.submit(_clients, by, work[n::PROCESSES]) for n in range(PROCESSES)]
        return [answer for future in futures for answer in future.result()]


_together: Barrier


def _keep_barrier(together: Barrier) -> None:
    global _together  # noqa: PLW0603  a barrier can only be passed to a process when it starts
    _together = together


def _clients(by: int, work: list[tuple[int, str]]) -> list[Answer]:
    clients = CLIENTS // PROCESSES
    with ThreadPoolExecutor(clients) as threads:
        futures = [
            threads.submit(lambda share: list(_client(by, share)), work[n::clients]) for n in range(clients)
        ]
        return [answer for future in futures for answer in future.result()]


def _warm_connection(by: int, first: tuple[int, str]) -> tuple[User, Viewer]:
    """Sign in and book once, rolled back, so that the first booking is no slower than the others."""
    user = User.objects.select_related("agency").get(pk=by)
    viewer = viewer_of(user)
    with acting_as(viewer), transaction.atomic():
        _book(*first, user)
        transaction.set_rollback(True)
    return user, viewer


def _client(by: int, work: list[tuple[int, str]]) -> Iterator[Answer]:
    user, viewer = _warm_connection(by, work[0])
    _together.wait()
    sleep(Random(work[0][0]).uniform(0, BEGIN_WITHIN))  # noqa: S311
    for party, signed in work:
        start = perf_counter()
        with acting_as(viewer):
            kind = _book(party, signed, user)
        yield kind, perf_counter() - start
    connection.close()


def _book(party: int, signed: str, user: User) -> str:
    try:
        book_chain(
            party=Party.objects.get(pk=party), proposal=signed, by=user, at=timezone.now(), to_print=False
        )
    except SlotTaken:
        return "taken"
    except AlreadyBooked:
        return "already"
    except DatabaseError as error:
        return "deadlock" if "deadlock" in str(error) else str(error).splitlines()[0]
    return "booked"


def _signed_proposal(bench: BenchSite, days: Sequence[SiteDay], party: Party, dice: Random) -> str:
    """A signed proposal with a random day, beginning, desk of each agency and interpreter."""
    day = dice.choice(days)
    offers = tuple(_offers(bench, at_wall_clock(day.date, dice.choice(BEGINNINGS)), dice))
    interpreter = dice.choice(bench.interpreters["ar"]).resource_id
    return Proposal(party.reference, day.pk, 2, interpreter, 0, offers).sign()


def _offers(bench: BenchSite, at: datetime, dice: Random) -> Iterator[Offer]:
    minute = int(at.timestamp()) // 60
    for place, (code, minutes) in enumerate(MINUTES.items(), start=1):
        desk = dice.choice(bench.desks[code])
        assert desk.agency_id is not None
        assert desk.resource_id is not None
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
        (overlaps,) = cursor.fetchone()
        return int(overlaps)
