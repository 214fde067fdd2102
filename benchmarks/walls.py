"""WALLS: the same reads with row level security and without it.

Row level security is switched off and on again in turns, so that both are measured under the same load; the views'
own filters stay. After each switch every read runs once unmeasured, as a web worker's connection has read before.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from statistics import median
from time import perf_counter

import time_machine
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from agencies.models import SiteDay, User
from agencies.read_log.notes import taking_notes
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, stopwatch
from benchmarks.sites import BenchMeeting, BenchSite, add_parties, analyse, halves, make_site, take
from bookings.chains.views import chain_page
from bookings.models import Chain, Disclosure, Party, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from bookings.today.views import my_day
from bookings.visits.disclose import disclose
from bookings.visits.views import visit_page

DAYS = 60
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM"), 4)
MEETING = timedelta(minutes=30)
LEFT_FREE = 2  # of the meetings that each half of a day has room for
FAMILY = [date(1988, 3, 14), date(1990, 11, 2), date(2016, 5, 21), date(2021, 8, 9)]
ROUNDS, TIMES = 8, 5
PROMISE = 1.3
TOKEN = re.compile(rb'value="\w{64}"')
Question = Callable[[], Hashable]


def measure() -> None:
    headline("WALLS: the same questions behind row level security and without it")
    with stopwatch("preparation"):
        bench = make_site("vasteras", desks=DESKS, interpreters={"ar": 8}, days=DAYS)
        chains, claims = _fill(bench)
        analyse()
    figure("chains and claims", f"{chains}, {claims}")
    figure("guarded tables", str(len(_guarded())))
    with time_machine.travel(bench.days[0].opens_at, tick=False):
        for name, question in _questions(bench).items():
            _compare(name, question)


def _fill(bench: BenchSite) -> tuple[int, int]:
    """Fill the first half of the days with Migrationsverket's chains, the other with Arbetsförmedlingen's."""
    halfway = DAYS // 2
    taken = [
        take(bench, bench.desks[code][0], {day: _busy_day(bench, day) for day in days})
        for code, days in (("MIG", bench.days[:halfway]), ("AF", bench.days[halfway:]))
    ]
    return sum(chains for chains, _claims in taken), sum(claims for _chains, claims in taken)


def _compare(name: str, question: Question) -> None:
    guarded: list[float] = []
    unguarded: list[float] = []
    answers = set()
    for _ in range(ROUNDS):
        answers.add(_ask(question, guarded))
        with _without_walls():
            answers.add(_ask(question, unguarded))
    with_walls, without = median(guarded), median(unguarded)
    ratio = with_walls / without
    figure(f"{name}: with and without", f"{milliseconds(with_walls)}, {milliseconds(without)}")
    figure("  ratio", f"{ratio:.2f}", promise=f"≤ {PROMISE}", kept=ratio <= PROMISE)
    figure("  answers that differ", str(len(answers) - 1), promise="0", kept=len(answers) == 1)


def _ask(question: Question, seconds: list[float]) -> Hashable:
    answer = question()
    for _ in range(TIMES):
        start = perf_counter()
        question()
        seconds.append(perf_counter() - start)
    return answer


@contextmanager
def _without_walls() -> Iterator[None]:
    tables = _guarded()
    _switch("DISABLE", tables)
    try:
        yield
    finally:
        _switch("ENABLE", tables)


def _switch(word: str, tables: list[str]) -> None:
    with connections["migrator"].cursor() as cursor:
        cursor.execute("; ".join(f"ALTER TABLE {table} {word} ROW LEVEL SECURITY" for table in tables))


def _guarded() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid::regclass::text FROM pg_class WHERE relrowsecurity ORDER BY 1")
        return [table for (table,) in cursor.fetchall()]


def _questions(bench: BenchSite) -> dict[str, Question]:
    """Reads of the summoning caseworker, and of another agency's to whom names and meetings have been disclosed."""
    owner, met = bench.desks["MIG"][0], bench.desks["FK"][0]
    with acting_as(viewer_of(owner)):
        (party,) = add_parties(bench, owner, number=1, births=FAMILY)
        chain = Chain.objects.filter(site_day=bench.days[0], meetings__caseworker=met).order_by("pk")[0]
        for category in (Disclosure.Category.NAMES, Disclosure.Category.MEETINGS):
            _open(chain, category, owner, met)
    return {
        "propose": lambda: _propose(bench, owner, party.pk),
        "my day": lambda: _page(owner, my_day),
        "a visit": lambda: _page(met, visit_page, chain.reference),
        "a chain": lambda: _page(owner, chain_page, chain.reference),
    }


def _open(chain: Chain, category: Disclosure.Category, owner: User, met: User) -> None:
    assert owner.agency is not None
    assert met.agency is not None
    disclose(
        party_id=chain.party_id,
        newcomer_id=None,
        discloser=owner.agency,
        agency=met.agency,
        site=chain.site_day.location.site,
        category=category,
        source=Disclosure.Source.CONSENT,
        until=timezone.now() + timedelta(days=30),
        at=timezone.now(),
    )


def _propose(bench: BenchSite, by: User, party: int) -> Hashable:
    with acting_as(viewer_of(by)):
        answer = propose(
            profile=profile_of(Party.objects.get(pk=party)),
            site=bench.site,
            track=Track.objects.get(number=1),
            first=bench.first,
            last=bench.last,
            at=timezone.now(),
        )
    return tuple(option.proposal for option in answer.options)


def _page(user: User, view: Callable[..., HttpResponse], *references: str) -> Hashable:
    """The page's bytes without its CSRF tokens."""
    request: HttpRequest = RequestFactory().get("/")
    request.user = user
    with taking_notes(), acting_as(viewer_of(user)):
        return TOKEN.sub(b"", view(request, *references).content)


def _busy_day(bench: BenchSite, day: SiteDay) -> list[list[BenchMeeting]]:
    """Families that visit all five agencies within half a day, in turns that keep LEFT_FREE meetings per desk free."""
    families = []
    for start, end in halves(day):
        slots = [start + n * MEETING for n in range((end - start) // MEETING)]
        for desks in zip(*bench.desks.values(), strict=True):
            for first in range(len(slots) - LEFT_FREE):
                begins = [slots[(first + n) % len(slots)] for n in range(len(desks))]
                families.append(
                    [
                        BenchMeeting(desk, (begin, begin + MEETING))
                        for desk, begin in zip(desks, begins, strict=True)
                    ]
                )
    return families
