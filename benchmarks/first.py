"""FIRST: thirty desks, sixty days, every slot taken but the last; how long until it is found?"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from agencies.models import SiteDay
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, stopwatch, timed
from benchmarks.ground import ConsentScope, Span, Visit, analyse, halves, make_ground, take
from bookings.attendance.profile import Profile
from bookings.models import LegalBasis, Track
from bookings.proposals.propose import Answer, propose

DAYS, DESKS = 60, 30
MEETING = timedelta(minutes=30)
PROMISE = 0.1


def measure() -> None:
    headline(f"FIRST: {DESKS} desks × {DAYS} days, every slot taken but the last")
    with stopwatch("preparation"):
        ground = make_ground("malmo", desks={"SKV": DESKS, "AF": 1}, days=DAYS)
        by = ground.desks["AF"][0]
        _families, claims = take(ground, by, {day: _full_day(ground, day) for day in ground.days})
        analyse()
    figure("claims", str(claims))
    with acting_as(viewer_of(by)):
        found = [option.proposal.offers[0].starts_at for option in _propose(ground).options]
        last = ground.days[-1].closes_at - MEETING
        figure("proposals found", str(len(found)), promise="the last slot", kept=found == [last])
        seconds = timed(lambda: _propose(ground), times=20)
    figure("from database to answer", milliseconds(seconds), promise="≤ 100 ms", kept=seconds <= PROMISE)


def _full_day(ground: ConsentScope, day: SiteDay) -> list[list[Visit]]:
    """Every desk's meetings back to back; the very last of the last day is left out."""
    families = [[Visit(desk, span)] for desk in ground.desks["SKV"] for span in _slots(day)]
    return families[:-1] if day == ground.days[-1] else families


def _slots(day: SiteDay) -> Iterator[Span]:
    """Half hours, counted back from lunch and from closing time."""
    for start, end in halves(day):
        for n in range(-(-(end - start) // MEETING), 0, -1):
            yield max(end - n * MEETING, start), end - (n - 1) * MEETING


def _propose(ground: ConsentScope) -> Answer:
    profile = Profile(
        owner_code="AF",
        language="en",
        municipality=ground.municipality.pk,
        legal_basis=LegalBasis.objects.get(code="ANHORIG").pk,
        births=(date(1990, 1, 1),),
        switched={"FK": False, "AF": False, "KOM": False},
    )
    return propose(
        profile=profile,
        site=ground.site,
        track=Track.objects.get(number=2),
        first=ground.first,
        last=ground.last,
        at=timezone.now(),
    )
