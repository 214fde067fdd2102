"""MY DAY: fifty people have the page of their day open, before it and while it is on, through the real web processes.

Promised is what fifty visitors meet who look, read and look again. That all fifty ask in the same instant is told too.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.models import SiteDay, User
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, percentile, say, stopwatch
from benchmarks.served import served
from benchmarks.sites import BenchSite, analyse, family_of_four, make_site
from bookings.chains.book import book_chain
from bookings.links.tokens import token_of
from bookings.models import Chain, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from tests.factories.bookings import PartyFactory

VISITORS, THINK, SECONDS = 50, 5, 60  # people; seconds between two looks, in the mean, and of the whole
FAMILIES = VISITORS // 2  # of two adults, each with an own link
BURSTS, SEED = 5, 2018
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM"), 9)
P95, MOST_QUERIES = 0.2, 15  # seconds; statements of a look


def measure() -> None:
    headline(f"MY DAY: {VISITORS} visitors, each with a link of its own, in six languages; two web processes")
    say(f"  (load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
    with stopwatch("preparation"):
        bench = make_site("orebro", desks=DESKS, interpreters={"ar": 9}, days=1)
        tokens = list(_booked_links(bench))
        analyse()
    on = bench.days[0].opens_at + timedelta(hours=1)
    for name, moment in (("before the day", timezone.now()), ("on the day", on)):
        queries = _queries(tokens[0], moment)
        figure(f"{name}: statements of a look", str(queries),
               promise=f"at most {MOST_QUERIES}", kept=queries <= MOST_QUERIES)  # fmt: skip
        with served(ahead=(moment - timezone.now()).total_seconds()) as port:
            plan = {"port": port, "tokens": tokens, "seed": SEED}
            _visit(plan | {"bursts": 2})  # not measured: templates and texts are read once by each process
            alone = _visit(plan | {"tokens": tokens[:1], "seconds": 3, "think": 0.05})
            figure(f"{name}: one visitor alone, median", milliseconds(percentile(alone, 0.5)))
            _say(f"{name}: {VISITORS} who look every {THINK} s or so",
                  _visit(plan | {"seconds": SECONDS, "think": THINK}), promised=True)  # fmt: skip
            _say(f"{name}: a burst, all {VISITORS} in the same instant", _visit(plan | {"bursts": BURSTS}))


def _booked_links(bench: BenchSite) -> Iterator[str]:
    """The tokens of all families' adults."""
    by, day = bench.desks["MIG"][0], bench.days[0]
    for _ in range(FAMILIES):
        with acting_as(viewer_of(by)):
            yield from (token_of(link) for link in _booked(by, day, timezone.now()).links.all())


def _booked(by: User, day: SiteDay, at: datetime) -> Chain:
    party = PartyFactory(registered_by=by, members=[member.birth_date for member in family_of_four()])
    answer = propose(
        profile=profile_of(party),
        site=day.location.site,
        track=Track.objects.get(number=1),
        first=day.date,
        last=day.date,
        at=at,
    )
    return book_chain(party=party, proposal=answer.options[0].proposal.sign(), by=by, at=at)


def _queries(token: str, moment: datetime) -> int:
    """The statements of one look, after a first one; the transaction's own among them."""
    with time_machine.travel(moment, tick=True):
        phone = Client(SERVER_NAME="localhost")
        phone.post(f"/d/{token}", {"language": "ar"}, follow=True)
        with CaptureQueriesContext(connection) as queries:
            phone.get(f"/d/{token}")
        return len(queries)


def _visit(plan: dict[str, Any]) -> list[float]:
    """The seconds of each look, measured by a process that shares nothing with the server."""
    command = [sys.executable, "-m", "benchmarks.visitors"]
    done = subprocess.run(command, input=json.dumps(plan), capture_output=True, text=True, check=True)
    times: list[float] = json.loads(done.stdout)
    return times


def _say(name: str, times: list[float], *, promised: bool = False) -> None:
    p95 = percentile(times, 0.95)
    figure(
        f"{name}: median, p95, slowest of {len(times)}",
        f"{milliseconds(percentile(times, 0.5))}, {milliseconds(p95)}, {milliseconds(max(times))}",
        promise=f"p95 at most {milliseconds(P95)}" if promised else "",
        kept=p95 <= P95 if promised else None,
    )
