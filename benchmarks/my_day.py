"""MY DAY: fifty families look at their day at once, before it and while it is on, through the whole stack."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import perf_counter

import time_machine
from django.db import connections
from django.test import Client

from agencies.models import SiteDay, User
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, percentile, stopwatch
from benchmarks.sites import analyse, make_site
from bookings.chains.book import book_chain
from bookings.links.tokens import token_of
from bookings.models import Chain, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from tests.factories.bookings import PartyFactory

VISITORS, ROUNDS = 50, 4
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM"), 3)
P95 = 0.2  # seconds


def measure() -> None:
    headline(f"MY DAY: {VISITORS} visitors at once, {ROUNDS} looks each")
    with stopwatch("preparation"):
        bench = make_site("orebro", desks=DESKS, interpreters={"ar": 3}, days=20)
        by = bench.desks["MIG"][0]
        chains = [_booked(by, bench.days[-1], bench.days[0].opens_at) for _ in range(8)]
        with acting_as(viewer_of(by)):
            tokens = [token_of(link) for chain in chains for link in chain.links.all()]
        analyse()
    visitors = [tokens[number % len(tokens)] for number in range(VISITORS)]
    before = bench.days[0].opens_at
    for name, moment in (("before the day", before), ("on the day", chains[0].site_day.opens_at)):
        with time_machine.travel(moment + timedelta(hours=1), tick=True):
            _look(name, visitors)


def _booked(by: User, last: SiteDay, at: datetime) -> Chain:
    with acting_as(viewer_of(by)):
        party = PartyFactory(registered_by=by)
        answer = propose(
            profile=profile_of(party),
            site=last.location.site,
            track=Track.objects.get(number=1),
            first=last.date - timedelta(days=14),
            last=last.date,
            at=at,
        )
        return book_chain(party=party, proposal=answer.options[0].proposal.sign(), by=by, at=at)


def _look(name: str, tokens: list[str]) -> None:
    with ThreadPoolExecutor(VISITORS) as phones:
        times = sorted(time for seen in phones.map(_visit, tokens) for time in seen)
    p95 = percentile(times, 0.95)
    figure(
        f"{name}: median, p95, slowest",
        f"{milliseconds(percentile(times, 0.5))}, {milliseconds(p95)}, {milliseconds(times[-1])}",
        promise=f"p95 at most {milliseconds(P95)}",
        kept=p95 <= P95,
    )


def _visit(token: str) -> list[float]:
    """Seconds of each look at a day that this phone has opened."""
    try:
        phone = Client(SERVER_NAME="localhost")
        phone.post(f"/d/{token}", {"language": "ar"})
        return [_timed(phone, token) for _ in range(ROUNDS)]
    finally:
        connections.close_all()


def _timed(phone: Client, token: str) -> float:
    began = perf_counter()
    answer = phone.get(f"/d/{token}")
    assert answer.status_code == 200
    return perf_counter() - began
