"""ROSTER: the week's page at sixty people, a third of whose time is booked, and a roster of five thousand rows."""

from datetime import timedelta
from statistics import median
from time import perf_counter

from django.test import Client
from django.utils import timezone

from agencies.models import Role, Shift, SiteDay, User
from agencies.rosters.import_file import COLUMNS
from agencies.rosters.import_roster import import_roster
from agencies.rosters.lists import file_rows, in_order
from agencies.secrecy.context import acting_as, viewer_of
from agencies.staff.manage import create_user
from benchmarks.figures import figure, headline, milliseconds, percentile, stopwatch
from benchmarks.sites import BenchMeeting, BenchSite, analyse, make_site, take
from motesplats.garbage import collect_rarely
from tests.signing_in import sign_in

DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM"), 11)
INTERPRETERS = {"ar": 5}
PEOPLE = 60
DAYS, WEEK, ROWS, TIMES = 95, 5, 5000, 200
MEETINGS, MINUTES = 5, timedelta(minutes=30)
PAGE, IMPORT = 0.2, 5.0


def measure() -> None:
    headline(f"ROSTER: {PEOPLE} people; an import of {ROWS} rows")
    with stopwatch("preparation"):
        bench = make_site("gavle", desks=DESKS, interpreters=INTERPRETERS, days=DAYS)
        by = bench.desks["MIG"][0]
        take(bench, by, {day: _booked(bench, day) for day in bench.days[: 2 * WEEK]})
        coordinator = create_user(
            username="roster", name=("Test", "Roster"), role=Role.COORDINATOR, sites=[bench.site]
        )
        analyse()
    _page(bench, sign_in(Client(SERVER_NAME="localhost"), coordinator))
    _import(bench, coordinator)


def _booked(bench: BenchSite, day: SiteDay) -> list[list[BenchMeeting]]:
    """Each desk meets a few parties in the morning."""
    starts = [day.opens_at + n * MINUTES for n in range(MEETINGS)]
    return [
        [BenchMeeting(user, (start, start + MINUTES))]
        for users in bench.desks.values()
        for user in users
        for start in starts
    ]


def _page(bench: BenchSite, viewer: Client) -> None:
    day = bench.days[WEEK].date
    address = f"/roster/{bench.site.code}/{day:%G-W%V}/"
    seconds = []
    collect_rarely()
    viewer.get(address)  # templates are compiled once for each web worker
    for _ in range(TIMES):
        start = perf_counter()
        answer = viewer.get(address)
        seconds.append(perf_counter() - start)
        assert answer.status_code == 200, answer.status_code
    shown = answer.text.count('<th scope="row">')
    figure("people on the page", str(shown), promise=f"{PEOPLE}", kept=shown == PEOPLE)
    figure("the page, median", milliseconds(median(seconds)))
    slowest = percentile(seconds, 0.95)
    figure("the page, p95", milliseconds(slowest), promise=f"≤ {milliseconds(PAGE)}", kept=slowest <= PAGE)


def _import(bench: BenchSite, by: User) -> None:
    """The site's own roster with half an hour less in each row, on days on which nothing is booked."""
    free = [day.pk for day in bench.days[2 * WEEK :]]
    there = in_order(Shift.objects.filter(site_day__in=free))
    rows = list(file_rows(there))[:ROWS]
    for row in rows:
        row[6] = "15:30"
    text = "\r\n".join(";".join(row) for row in [list(COLUMNS), *rows])
    figure("rows of the file", str(len(rows)))
    with acting_as(viewer_of(by)):
        start = perf_counter()
        created, changed = import_roster(content=text.encode("utf-8-sig"), by=by, at=timezone.now())
        spent = perf_counter() - start
    figure("created, changed", f"{created}, {changed}")
    figure("the import", f"{spent:.2f} s", promise=f"≤ {IMPORT:.0f} s", kept=spent <= IMPORT)
