"""FIRST: how long `propose` takes to find the only free slot, the last, of thirty desks on sixty days."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

from django.utils import timezone

from agencies.models import SiteDay
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, stopwatch, timed
from benchmarks.sites import BenchMeeting, BenchSite, Span, analyse, halves, make_site, take
from bookings.attendance.profile import Profile
from bookings.models import LegalBasis, Track
from bookings.proposals.answer import Answer
from bookings.proposals.propose import propose

DAYS, DESKS = 60, 30
MEETING = timedelta(minutes=30)
PROMISE = 0.1


def measure() -> None:
    headline(f"FIRST: {DESKS} desks × {DAYS} days, every slot taken but the last")
    with stopwatch("preparation"):
        bench = make_site("malmo", desks={"SKV": DESKS, "AF": 1}, days=DAYS)
        by = bench.desks["AF"][0]
        _families, claims = take(bench, by, {day: _full_day(bench, day) for day in bench.days})
        analyse()
    figure("claims", str(claims))
    with acting_as(viewer_of(by)):
        found = [option.proposal.offers[0].starts_at for option in _propose(bench).options]
        last = bench.days[-1].closes_at - MEETING
        figure("proposals found", str(len(found)), promise="the last slot", kept=found == [last])
        seconds = timed(lambda: _propose(bench), times=20)
    figure("from database to answer", milliseconds(seconds), promise="≤ 100 ms", kept=seconds <= PROMISE)


def _full_day(bench: BenchSite, day: SiteDay) -> list[list[BenchMeeting]]:
    """Meetings back to back at every desk; on the last day without the last of them."""
    families = [[BenchMeeting(desk, span)] for desk in bench.desks["SKV"] for span in _slots(day)]
    return families[:-1] if day == bench.days[-1] else families


def _slots(day: SiteDay) -> Iterator[Span]:
    """Half hours counted back from lunch and from closing time; the first of each may be shorter."""
    for start, end in halves(day):
        for n in range(ceil((end - start) / MEETING), 0, -1):
            yield max(end - n * MEETING, start), end - (n - 1) * MEETING


def _propose(bench: BenchSite) -> Answer:
    profile = Profile(
        owner_code="AF",
        municipality=bench.municipality.pk,
        legal_basis=LegalBasis.objects.get(code="ANHORIG").pk,
        births=(date(1990, 1, 1),),
        switched={"FK": False, "AF": False, "KOM": False},
    )
    return propose(
        profile=profile,
        site=bench.site,
        track=Track.objects.get(number=2),
        first=bench.first,
        last=bench.last,
        at=timezone.now(),
    )
