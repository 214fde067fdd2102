"""FIGURES: a site's month of a thousand parties is summed up, and a year of all sites is published after one more day.

The other sites' months are written down as sums, of every measure and part; the big site's is counted from meetings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import time_machine
from django.utils import timezone

from agencies.models import Role, Service, Site, SiteDay, User
from agencies.secrecy.context import acting_as, viewer_of
from agencies.staff.manage import create_user
from benchmarks.figures import figure, headline, milliseconds, stopwatch, timed
from benchmarks.sites import BenchSite, add_parties, analyse, make_site, new_chains
from benchmarks.sums import sums_of_month
from bookings.models import Meeting
from motesplats.followup.collect import collected
from motesplats.followup.measures import MEASURES
from motesplats.followup.publish import publish
from motesplats.followup.refresh import refresh
from motesplats.followup.viewer import FIGURES
from motesplats.garbage import collect_rarely
from motesplats.models import PublishedFigure, SiteFigure
from tests.factories.followup import typed_report

DESKS = dict.fromkeys(("MIG", "SKV", "FK"), 4)
PARTIES, SLOTS, DAYS, TIMES = 1000, 12, 50, 5
FAMILY = [date(1988, 3, 14), date(1990, 11, 2), date(2016, 5, 21)]
MINUTES = timedelta(minutes=30)
PROMISE = 1.0


@dataclass(frozen=True)
class _BigSite:
    """The site whose month is counted, and who locks its reports."""

    bench: BenchSite
    month: date
    by: User


def measure() -> None:
    headline(f"FIGURES: {PARTIES} parties in a month; a year of every site and measure")
    with stopwatch("preparation"):
        big = _big_site()
        with time_machine.travel(datetime(big.month.year, 12, 28, 9, tzinfo=timezone.get_current_timezone())):
            _write_sums(big)
        analyse()
    with time_machine.travel(datetime(big.month.year, 12, 28, 9, tzinfo=timezone.get_current_timezone())):
        _count(big)
        _publish(big)


def _big_site() -> _BigSite:
    """So many parties on the working days of a whole month."""
    bench = make_site("boras", desks=DESKS, days=DAYS)
    month = (bench.first.replace(day=1) + timedelta(days=31)).replace(day=1)
    days = [day for day in bench.days if (day.date.year, day.date.month) == (month.year, month.month)]
    by = bench.desks["MIG"][0]
    with acting_as(viewer_of(by)):
        parties = add_parties(bench, by, number=PARTIES, births=FAMILY)
        booked = [(party, days[place % len(days)]) for place, party in enumerate(parties)]
        chains = new_chains(by, booked)
        services = {service.agency_code: service for service in Service.objects.all()}
        Meeting.objects.bulk_create(
            [
                Meeting(
                    chain=chain,
                    agency=desk.agency,
                    service=services[code],
                    caseworker=desk,
                    who="adults",
                    starts_at=starts,
                    ends_at=starts + MINUTES,
                    attendance="began",
                    checked_in_at=starts,
                )
                for place, (chain, (_party, day)) in enumerate(zip(chains, booked, strict=True))
                for code, desk, starts in _held(bench, day, place // len(days))
            ],
            batch_size=2000,
        )
    coordinator = create_user(
        username="figures", name=("Test", "Figures"), role=Role.COORDINATOR, sites=[bench.site]
    )
    return _BigSite(bench, month, coordinator)


def _held(bench: BenchSite, day: SiteDay, place: int) -> Iterator[tuple[str, User, datetime]]:
    """The day's party of that number meets each agency, one after the other."""
    for later, (code, desks) in enumerate(bench.desks.items()):
        yield (
            code,
            desks[place % len(desks)],
            day.opens_at + MINUTES * ((place // len(desks) + later) % SLOTS),
        )


def _write_sums(big: _BigSite) -> None:
    """Every other month of every site, as if it had been summed up and told."""
    dice = Random(27)  # noqa: S311  the same sums in every run
    rows = [
        row
        for site in Site.objects.all()
        for month in range(1, 13)
        if (site.pk, month) != (big.bench.site.pk, big.month.month)
        for row in sums_of_month(
            site, date(big.month.year, month, 1), MEASURES.values(), dice.choice((20, 60, 120, 200)), dice
        )
    ]
    with acting_as(FIGURES):
        SiteFigure.objects.bulk_create(rows, batch_size=2000)
    figure("sums of sites and months", str(len(rows)))


def _count(big: _BigSite) -> None:
    def count() -> int:
        with acting_as(FIGURES):
            return len(collected(big.bench.site.pk, big.month))

    figure("figures of the month", str(count()))
    figure(f"{PARTIES} parties are counted", milliseconds(timed(count, times=TIMES)))


def _publish(big: _BigSite) -> None:
    collect_rarely()  # as in a worker process
    year, today = big.month.year, timezone.localdate()

    def all_of_it() -> None:
        with acting_as(FIGURES):
            publish(year=year, today=today)

    def one_more_day() -> None:
        day = next(days)
        with acting_as(viewer_of(big.by)):
            typed_report(big.bench.site, day, big.by)
        refresh(site=big.bench.site.pk, month=big.month, at=timezone.now())

    days = iter(big.month + timedelta(days=number) for number in range(28))
    with stopwatch("all of the year is published"):
        all_of_it()
    analyse()
    with acting_as(FIGURES):
        rows = PublishedFigure.objects.filter(year=year)
        shown, hidden = rows.filter(is_hidden=False).count(), rows.filter(is_hidden=True).count()
    figure("published and hidden", f"{shown}, {hidden}")
    spent = timed(one_more_day, times=TIMES)
    figure("after one more day report", f"{spent:.2f} s", promise=f"≤ {PROMISE:.0f} s", kept=spent <= PROMISE)
