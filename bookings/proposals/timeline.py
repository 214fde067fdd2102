"""Days as timelines: all days of a page share one grid of five-minute columns, so that they can be compared."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from agencies.clock import local
from agencies.models import Site, SiteDay
from bookings.models import Chain
from bookings.planner import SLOT_MINUTES, ceil_div, slots_for
from bookings.proposals.propose import Option
from interpreters.models import Interpreter

HOUR = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """The hours that the timelines show, in minutes since midnight, rounded outwards to half hours."""

    opens: int
    closes: int

    @property
    def columns(self) -> int:
        return (self.closes - self.opens) // SLOT_MINUTES

    @property
    def hours(self) -> list[tuple[int, str]]:
        """Each full hour with its column."""
        full = range(ceil_div(self.opens, HOUR) * HOUR, self.closes, HOUR)
        return [((minute - self.opens) // SLOT_MINUTES + 1, f"{minute // HOUR:02}") for minute in full]

    def column(self, moment: datetime) -> int:
        return (_minute(moment) - self.opens) // SLOT_MINUTES + 1


@dataclass(frozen=True, slots=True)
class TimelinePart:
    """A meeting (`stop`), a `pause` or a `wait`; `first` and `last` are grid lines."""

    kind: str
    first: int
    last: int
    starts_at: datetime
    ends_at: datetime
    code: str = ""
    name: str = ""

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class Timeline:
    """One party's day with all that its template draws."""

    grid: Grid
    site_day: SiteDay
    parts: tuple[TimelinePart, ...]
    waiting_minutes: int
    interpreter: Interpreter | None
    language: str  # of the interpreter, ISO 639-3
    outside: str = ""  # as `Chain.outside_interpreter`
    signed_proposal: str = ""
    left_out: tuple[str, ...] = ()  # codes of agencies that have no desk there

    @property
    def day(self) -> date:
        return self.site_day.date

    @property
    def starts_at(self) -> datetime:
        return self.parts[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.parts[-1].ends_at

    @property
    def first(self) -> int:
        return self.parts[0].first

    @property
    def last(self) -> int:
        return self.parts[-1].last

    @property
    def stops(self) -> list[TimelinePart]:
        return [part for part in self.parts if part.kind == "stop"]


def grid_over(site_days: Iterable[SiteDay]) -> Grid:
    """The smallest grid with room for all these days."""
    days = list(site_days)
    opens = min(_minute(day.opens_at) for day in days) // 30 * 30
    return Grid(opens, ceil_div(max(_minute(day.closes_at) for day in days), 30) * 30)


def timeline_of(chain: Chain, grid: Grid | None = None) -> Timeline:
    """The booked day; `chain.meetings` should be prefetched with their agencies."""
    grid = grid or grid_over([chain.site_day])
    meetings = [(m.agency.code, m.agency.name, m.starts_at, m.ends_at) for m in chain.meetings.all()]
    return Timeline(
        grid=grid,
        site_day=chain.site_day,
        parts=tuple(_parts(grid, chain.site_day.location.site, meetings)),
        waiting_minutes=chain.waiting_minutes,
        interpreter=chain.interpreter,
        language=chain.party.interpreter_language,
        outside=chain.outside_interpreter,
        left_out=tuple(chain.left_out),
    )


def timelines_of(options: Sequence[Option], grid: Grid, *, language: str) -> list[Timeline]:
    """The proposals, each with the signed proposal that its button sends."""
    resources = {option.proposal.interpreter for option in options} - {None}
    found = Interpreter.objects.filter(resource__in=resources)
    interpreters: dict[int | None, Interpreter] = {one.resource_id: one for one in found}
    return [
        Timeline(
            grid=grid,
            site_day=option.site_day,
            parts=tuple(_parts(grid, option.site_day.location.site, _meetings(option))),
            waiting_minutes=option.proposal.waiting_minutes,
            interpreter=interpreters.get(option.proposal.interpreter),
            language=language,
            outside=Chain.Outside.ORDERED if option.proposal.outside else "",
            signed_proposal=option.proposal.sign(),
            left_out=option.left_out,
        )
        for option in options
    ]


def _meetings(option: Option) -> list[tuple[Any, ...]]:
    return [
        (offer.code, option.agencies[offer.code].name, offer.starts_at, offer.ends_at)
        for offer in option.proposal.offers
    ]


def _parts(grid: Grid, site: Site, meetings: Sequence[tuple[Any, ...]]) -> Iterator[TimelinePart]:
    """The meetings in time order with the break and the waiting between them; walks are left blank."""
    stops = [
        TimelinePart("stop", grid.column(starts), grid.column(ends), starts, ends, code, name)
        for code, name, starts, ends in meetings
    ]
    for count, (stop, following) in enumerate(pairwise(stops), start=1):
        yield stop
        yield from _between(
            grid, site, stop.ends_at, following.starts_at, rests=count == site.break_after_stops
        )
    yield stops[-1]


def _between(
    grid: Grid, site: Site, end: datetime, start: datetime, *, rests: bool
) -> Iterator[TimelinePart]:
    walked = end + timedelta(minutes=_rounded_up(site.walk_minutes))
    ready = walked + timedelta(minutes=_rounded_up(site.break_minutes) if rests else 0)
    for kind, begin, finish in (("pause", end if rests else ready, ready), ("wait", ready, start)):
        if begin < finish:
            yield TimelinePart(kind, grid.column(begin), grid.column(finish), begin, finish)


def _rounded_up(minutes: int) -> int:
    """The minutes rounded up to whole slots."""
    return slots_for(minutes) * SLOT_MINUTES


def _minute(moment: datetime) -> int:
    clock = local(moment)
    return clock.hour * HOUR + clock.minute
