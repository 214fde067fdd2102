"""BOARD: a day of sixty parties on its page, and thirty viewers who keep it open for five minutes.

The viewers' requests go through the whole stack, one after the other; the share of a core is the time that they took
together, PostgreSQL's included. Something is recorded twice a minute, as on a busy day.
"""

from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

import time_machine
from django.core.cache import cache
from django.test import Client

from agencies.models import Role, User
from agencies.secrecy.context import acting_as, viewer_of
from agencies.staff.manage import create_user
from benchmarks.figures import figure, headline, milliseconds, percentile, stopwatch
from benchmarks.sites import BenchMeeting, BenchSite, analyse, make_site, take
from bookings.board.record import record_on_board
from bookings.models import MeetingOnBoard
from tests.signing_in import sign_in

PARTIES, DAYS, TIMES = 60, 30, 40
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM"), 6)
MEETING = timedelta(minutes=30)
TURNS = 10  # in which each desk meets one party
VIEWERS, POLL, MINUTES = 30, timedelta(seconds=15), 5
PAGE, SHARE = 0.15, 0.05


def measure() -> None:
    headline(f"BOARD: {PARTIES} parties, {len(DESKS)} meetings each; {VIEWERS} viewers")
    with stopwatch("preparation"):
        bench = make_site("orebro", desks=DESKS, interpreters={"ar": 12}, days=DAYS)
        by = bench.desks["MIG"][0]
        written = [take(bench, by, {day: _busy_day(bench, day.opens_at)}) for day in bench.days]
        people = [_member(bench, number) for number in range(VIEWERS)]
        analyse()
    parties = sum(parties for parties, _claims in written)
    figure("days, parties, claims", f"{DAYS}, {parties}, {sum(claims for _parties, claims in written)}")
    with time_machine.travel(bench.days[0].opens_at, tick=False) as clock:
        viewers = [sign_in(Client(SERVER_NAME="localhost"), person) for person in people]
        _page(bench, viewers[0])
        _watch(bench, viewers, people[0], clock)


def _busy_day(bench: BenchSite, opens_at: datetime) -> list[list[BenchMeeting]]:
    """Each party meets one desk of every agency, the parties of a group one turn after the other."""
    groups, codes = PARTIES // TURNS, list(DESKS)
    return [
        [
            BenchMeeting(
                bench.desks[code][group],
                (starts := opens_at + MEETING * ((turn + 2 * n) % TURNS), starts + MEETING),
            )
            for n, code in enumerate(codes)
        ]
        for group in range(groups)
        for turn in range(TURNS)
    ]


def _member(bench: BenchSite, number: int) -> User:
    role = Role.HOST if number % 2 else Role.COORDINATOR
    return create_user(username=f"viewer{number}", name=("Test", f"{number}"), role=role, sites=[bench.site])


def _address(bench: BenchSite) -> str:
    return f"/boards/{bench.site.code}/{bench.days[0].date}/"


def _page(bench: BenchSite, viewer: Client) -> None:
    seconds = []
    viewer.get(_address(bench))  # templates are compiled once for each web worker
    for _ in range(TIMES):
        start = perf_counter()
        answer = viewer.get(_address(bench))
        seconds.append(perf_counter() - start)
    shown = answer.text.count("data-stop=")
    figure(
        "meetings on the page",
        str(shown),
        promise=f"{PARTIES * len(DESKS)}",
        kept=shown == PARTIES * len(DESKS),
    )
    slowest = percentile(seconds, 0.95)
    figure("the page, median", milliseconds(median(seconds)))
    figure("the page, p95", milliseconds(slowest), promise=f"≤ {milliseconds(PAGE)}", kept=slowest <= PAGE)


def _watch(bench: BenchSite, viewers: list[Client], by: User, clock: time_machine.Traveller) -> None:
    cache.clear()
    with acting_as(viewer_of(by)):
        keys = iter(
            list(MeetingOnBoard.objects.filter(site_day=bench.days[0]).values_list("meeting", flat=True))
        )
    tags = dict.fromkeys(range(len(viewers)), "")
    asked, fresh, spent = 0, 0, 0.0
    for poll in range(MINUTES * 60 // int(POLL.total_seconds())):
        if poll % 2 == 0:
            _record(next(keys), by, bench.days[0].opens_at)
        for number, viewer in enumerate(viewers):
            start = perf_counter()
            answer = viewer.get(f"{_address(bench)}live/", headers={"If-None-Match": tags[number]})
            spent += perf_counter() - start
            asked, fresh = asked + 1, fresh + (answer.status_code == 200)
            assert answer.status_code in (200, 304), answer.status_code
            tags[number] = answer.headers["ETag"]
        clock.shift(POLL)
    figure("asked, answered with something new", f"{asked}, {fresh}")
    figure("an update, mean", milliseconds(spent / asked))
    share = spent / (MINUTES * 60)
    figure("share of a core", f"{share:.1%}", promise=f"< {SHARE:.0%}", kept=share < SHARE)


def _record(meeting: int, by: User, at: datetime) -> None:
    with acting_as(viewer_of(by)):
        record_on_board(meeting=meeting, kind="arrived", by=by, at=at)
