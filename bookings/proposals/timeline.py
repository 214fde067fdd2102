"""Days as timelines: all days of a page share one grid of five-minute columns, so that they can be compared."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain as chained
from typing import Any

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Site, SiteDay
from bookings.attendance.keys import adult_of
from bookings.availability.pauses import Between, has_children, pauses_between
from bookings.models import Chain
from bookings.parties.queries import keys_of
from bookings.planner import SLOT_MINUTES, ceil_div
from bookings.proposals.answer import Option
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
    def opens_at_half(self) -> bool:
        """Whether the first full hour is half an hour after the beginning."""
        return self.opens % HOUR != 0

    @property
    def hours(self) -> list[tuple[int, str]]:
        """Each full hour with its column."""
        full = range(ceil_div(self.opens, HOUR) * HOUR, self.closes, HOUR)
        return [((minute - self.opens) // SLOT_MINUTES + 1, f"{minute // HOUR:02}") for minute in full]

    def column(self, moment: datetime) -> int:
        return (_minute(moment) - self.opens) // SLOT_MINUTES + 1


@dataclass(frozen=True, slots=True)
class TimelinePart:
    """A meeting (`stop`), a `pause`, `lunch` or a `wait`; `first` and `last` are grid lines."""

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
    marks: tuple[str, ...] = ()  # "earliest", "least-waiting"
    before: tuple[dict[str, Any], ...] = ()  # why days since the proposal before do not work

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
    def lunch(self) -> TimelinePart | None:
        return next((part for part in self.parts if part.kind == "lunch"), None)

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
    booked = list(chain.meetings.all())
    meetings = [
        (m.agency.code, meeting_name(m.agency.name, adult_of(key)), m.starts_at, m.ends_at)
        for key, m in zip(keys_of(chain, booked), booked, strict=True)
    ]
    births = [member.birth_date for member in chain.party.members.all()]
    with_children = has_children(births, chain.site_day.date)
    return Timeline(
        grid=grid,
        site_day=chain.site_day,
        parts=tuple(_parts(grid, chain.site_day.location.site, meetings, with_children=with_children)),
        waiting_minutes=chain.waiting_minutes,
        interpreter=chain.interpreter,
        language=chain.party.interpreter_language,
        outside=chain.outside_interpreter,
        left_out=tuple(chain.left_out),
    )


def meeting_name(agency: str, adult: int | None) -> str:
    """The agency that is met, with the number of the adult who is met alone."""
    return _("%(agency)s (adult %(adult)s alone)") % {"agency": agency, "adult": adult} if adult else agency


def pauses_of(chain: Chain) -> list[Between]:
    """Break, lunch and waiting between the meetings of the booked day."""
    births = [member.birth_date for member in chain.party.members.all()]
    day = chain.site_day
    spans = list(dict.fromkeys((meeting.starts_at, meeting.ends_at) for meeting in chain.meetings.all()))
    with_children = has_children(births, day.date)
    return list(chained(*pauses_between(spans, day.location.site, with_children=with_children)))


def timelines_of(options: Sequence[Option], grid: Grid, *, language: str) -> list[Timeline]:
    """The proposals, each with the signed proposal that its button sends."""
    resources = {option.proposal.interpreter for option in options} - {None}
    found = Interpreter.objects.filter(resource__in=resources)
    interpreters: dict[int | None, Interpreter] = {one.resource_id: one for one in found}
    return [
        Timeline(
            grid=grid,
            site_day=option.site_day,
            parts=tuple(
                _parts(
                    grid,
                    option.site_day.location.site,
                    _meetings(option),
                    with_children=option.with_children,
                )
            ),
            waiting_minutes=option.proposal.waiting_minutes,
            interpreter=interpreters.get(option.proposal.interpreter),
            language=language,
            outside=Chain.Outside.ORDERED if option.proposal.outside else "",
            signed_proposal=option.proposal.sign(),
            left_out=option.left_out,
            marks=option.marks,
        )
        for option in options
    ]


def _meetings(option: Option) -> list[tuple[Any, ...]]:
    return [
        (
            offer.code,
            meeting_name(option.agencies[offer.code].name, offer.adult),
            offer.starts_at,
            offer.ends_at,
        )
        for offer in option.proposal.offers
    ]


def _parts(
    grid: Grid, site: Site, meetings: Sequence[tuple[Any, ...]], *, with_children: bool = False
) -> Iterator[TimelinePart]:
    """The meetings in time order with break, lunch and waiting between them; walks are left blank.

    Those that are held together, as no others are at one time, are one part.
    """
    held: dict[tuple[datetime, datetime], list[tuple[str, str]]] = {}
    for code, name, starts, ends in meetings:
        held.setdefault((starts, ends), []).append((code, name))
    between = pauses_between(list(held), site, with_children=with_children)
    for ((starts, ends), together), pauses in zip(held.items(), (*between, ()), strict=True):
        code, name = together[0][0], " + ".join(name for _code, name in together)
        yield TimelinePart("stop", grid.column(starts), grid.column(ends), starts, ends, code, name)
        for pause in pauses:
            begin, end = pause.starts_at, pause.ends_at
            yield TimelinePart(pause.kind, grid.column(begin), grid.column(end), begin, end)


def _minute(moment: datetime) -> int:
    clock = local(moment)
    return clock.hour * HOUR + clock.minute
