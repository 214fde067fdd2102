"""DASHBOARD: the secretariat's page of a year at 25,000 persons and at ten times as many, and one more day.

Each size is a year of its own. The first is also looked at before the second is there; then both in turn.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from time import perf_counter

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.clock import at_wall_clock
from agencies.models import Site, User
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, percentile, say, stopwatch
from benchmarks.sites import analyse
from benchmarks.sums import sums_of_month
from motesplats.followup.counted_measures import COUNTED
from motesplats.followup.goals.set_values import NewValue, set_values
from motesplats.followup.history.published import import_published
from motesplats.followup.measures import MEASURES
from motesplats.followup.refresh import make_edition, refresh, release, sum_up
from motesplats.followup.viewer import FIGURES
from motesplats.garbage import collect_rarely
from motesplats.models import DayCount, DayReport, HandlingQuarter, PublishedFigure, Series, SiteFigure
from tests.factories.agencies import SecretariatFactory
from tests.factories.goals import half_of_the_permits
from tests.signing_in import sign_in

ROUNDS, LOOKS = 8, 25  # so many times in turn, each size so often
P95, GROWTH, REFRESH = 0.2, 1.2, 1.0  # seconds, times, seconds
PARTS = {"F|0-17": 12, "F|18-64": 35, "F|65+": 1, "M|0-17": 13, "M|18-64": 38, "M|65+": 1}  # of a hundred
TRACKS = {"1": 70, "2": 20, "3": 10}
WRITTEN = [*COUNTED, MEASURES["no_show_share"]]  # as if they had been counted


@dataclass(frozen=True, slots=True)
class Size:
    """How many days a site is open in its year, and how many persons come on one."""

    name: str
    year: int
    days: int
    people: int

    @property
    def now(self) -> datetime:
        return at_wall_clock(date(self.year, 12, 15), time(9))


SMALL, LARGE = SIZES = Size("25,000 persons", 2031, 100, 9), Size("250,000 persons", 2032, 240, 39)


def measure() -> None:
    headline("DASHBOARD: the country's page of a year")
    by = SecretariatFactory()
    _fill(SMALL, by)
    alone = _look(SMALL, by)
    _fill(LARGE, by)
    times: dict[Size, list[float]] = {SMALL: [], LARGE: []}
    for _round in range(ROUNDS):
        for size in SIZES:
            times[size] += _look(size, by)
    _say_times(f"{SMALL.name}, alone in the database", alone)
    for size, found in times.items():
        _say_times(size.name, found, promise=True)
        figure(f"{size.name}: statements of a look", str(_statements(size, by)))
    small, large = (percentile(found, 0.95) for found in times.values())
    figure(
        "p95 at 250,000 against 25,000",
        f"{large / small:.2f} times",
        promise=f"at most {GROWTH} times",
        kept=large <= GROWTH * small,
    )
    medians = [percentile(found, 0.5) for found in times.values()]
    figure("median at 250,000 against 25,000", f"{medians[1] / medians[0]:.2f} times")
    for size in SIZES:
        _one_more_day(size, by)


def _at(size: Size) -> AbstractContextManager[object]:
    return time_machine.travel(size.now, tick=True)


def _look(size: Size, by: User) -> list[float]:
    """Seconds of so many looks at the country's page, through the whole stack in one process, after one unmeasured."""
    collect_rarely()  # garbage is collected as in a web process
    with _at(size):
        client = sign_in(Client(SERVER_NAME="localhost"), by)
        client.get("/figures/")
        return [_seconds(client) for _number in range(LOOKS)]


def _seconds(client: Client) -> float:
    began = perf_counter()
    answer = client.get("/figures/")
    seconds = perf_counter() - began
    assert answer.status_code == 200
    return seconds


def _statements(size: Size, by: User) -> int:
    """Of a look. They are counted at once: the next request throws the log away."""
    with _at(size):
        client = sign_in(Client(SERVER_NAME="localhost"), by)
        client.get("/figures/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/figures/")
        return len(queries)


def _say_times(name: str, times: list[float], *, promise: bool = False) -> None:
    p95 = percentile(times, 0.95)
    figure(
        f"{name}: median, p95 of {len(times)} looks",
        f"{milliseconds(percentile(times, 0.5))}, {milliseconds(p95)}",
        promise=f"p95 at most {milliseconds(P95)}" if promise else "",
        kept=p95 <= P95 if promise else None,
    )


def _fill(size: Size, by: User) -> None:
    """A year of locked reports of every site, summed up and told, and of all else that the page shows."""
    with _at(size), stopwatch(f"preparation of {size.name}"):
        with acting_as(FIGURES):
            reports = DayReport.objects.bulk_create(_reports(size, by), batch_size=2000)
            dice = Random(7)  # noqa: S311  no secret
            counts = [count for report in reports for count in _counts(report, size, dice)]
            DayCount.objects.bulk_create(counts, batch_size=5000)
            for site in Site.objects.all():
                _sum_up(site, size, dice)
            _tell_handling_times(size)
        _compare(size, by)
        make_edition(year=size.year, at=timezone.now())
        analyse()
    people = sum(count.people for count in counts if count.dimension == "sex_age")
    _say_rows(size, people)


def _sum_up(site: Site, size: Size, dice: Random) -> None:
    for month in (date(size.year, number, 1) for number in range(1, 13)):
        sum_up(site=site.pk, month=month)
        met = size.people * size.days // 12
        rows = sums_of_month(site, month, WRITTEN, met, dice)
        SiteFigure.objects.bulk_create(rows, ignore_conflicts=True)
        release(site=site.pk, month=month, today=timezone.localdate())


def _compare(size: Size, by: User) -> None:
    """A goal, and a number of the series for each month of the country and of every site; the reports' figures."""
    if size == SMALL:
        import_published(at=timezone.now())
    permits = Series.objects.get(is_default=True)
    values = [
        NewValue(permits, size.year, month, 2 * size.people * size.days // 12, "Bench", site=site)
        for month in range(1, 13)
        for site in (None, *Site.objects.all())
    ]
    with acting_as(viewer_of(by)):
        if size == SMALL:
            half_of_the_permits(by)
        set_values(values=values, by=by, at=timezone.now())


def _tell_handling_times(size: Size) -> None:
    numbers = {"days_1_7": 60, "days_8_30": 30, "days_over_30": 10, "total": 100}
    at = {"year": size.year, "quarter": 3, "told_at": timezone.now()}
    rows = [HandlingQuarter(scope="site", site=site, **numbers, **at) for site in Site.objects.all()]
    rows += [HandlingQuarter(scope=scope, **numbers, **at) for scope in ("sites", "country")]
    HandlingQuarter.objects.bulk_create(rows)


def _say_rows(size: Size, people: int) -> None:
    with acting_as(FIGURES):
        rows = {
            "reports": DayReport.objects.filter(date__year=size.year),
            "counts": DayCount.objects.filter(report__date__year=size.year),
            "sums of sites": SiteFigure.objects.filter(month__year=size.year),
            "published figures": PublishedFigure.objects.filter(year=size.year),
        }
        numbers = ", ".join(f"{found.count()} {name}" for name, found in rows.items())
    say(f"  {size.name}: {people} persons, {numbers}")


def _reports(size: Size, by: User) -> Iterator[DayReport]:
    at = timezone.now()
    every = 345 / size.days
    for site in Site.objects.all():
        for number in range(size.days):
            yield DayReport(
                site=site,
                date=date(size.year, 1, 1) + timedelta(days=int(number * every)),
                source="reported",
                parties=max(1, size.people // 3),
                no_shows=number % 3,
                filled_at=at,
                locked_at=at,
                locked_by=by,
            )


def _counts(report: DayReport, size: Size, dice: Random) -> Iterator[DayCount]:
    for dimension, weights in (("sex_age", PARTS), ("track", TRACKS), ("mode", {"main": 1})):
        found: dict[str, int] = {}
        for key in dice.choices(list(weights), list(weights.values()), k=size.people):
            found[key] = found.get(key, 0) + 1
        for key, people in found.items():
            yield DayCount(report=report, dimension=dimension, key=key, people=people)


def _one_more_day(size: Size, by: User) -> None:
    """One more report is locked: how long until it is told."""
    site = Site.objects.all()[0]
    day = date(size.year, 12, 13)
    with _at(size):
        with acting_as(FIGURES):
            at = timezone.now()
            report = DayReport.objects.create(
                site=site, date=day, source="reported", parties=4, filled_at=at, locked_at=at, locked_by=by
            )
            DayCount.objects.bulk_create(_counts(report, SMALL, Random(1)))  # noqa: S311  no secret
        began = perf_counter()
        refresh(site=site.pk, month=day.replace(day=1), at=timezone.now())
        seconds = perf_counter() - began
    figure(
        f"{size.name}: one more day report is told after",
        f"{seconds:.2f} s",
        promise=f"at most {REFRESH} s",
        kept=seconds <= REFRESH,
    )
