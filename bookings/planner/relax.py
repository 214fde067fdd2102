"""Why a party has no chain: the search is repeated with conditions relaxed, and what makes it succeed is a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from typing import Literal

from bookings.planner.bits import lowest
from bookings.planner.plans import best_plans
from bookings.planner.problem import Calendar, Plan, Problem, Stop
from bookings.planner.search import chain_ends

Kind = Literal["desk", "room", "interpreter", "window", "order", "lunch", "closed"]
Relief = tuple[Kind, str | None]  # what is relaxed, and at which agency
KINDS: tuple[Kind, ...] = (
    "desk",
    "room",
    "interpreter",
    "window",
    "order",
    "lunch",
)  # the easiest to provide first
EXTRA = 2**63  # the key of an added resource, above every primary key


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is missing, and the day and slots for which; `with_`: what is missing besides."""

    kind: Kind
    agency: str | None = None
    day: int | None = None
    start: int | None = None
    end: int | None = None
    with_: "Reason | None" = None


def why_not(problem: Problem) -> tuple[Reason, ...]:
    """What would make a chain possible, soonest and smallest first; empty if and only if one is possible already."""
    problem = replace(problem, prefer=frozenset())
    if chain_ends(problem):
        return ()
    reliefs = list(_reliefs(problem))
    if not chain_ends(_relaxed(problem, reliefs)):
        return (Reason("closed"),)
    indispensable = {
        relief for relief in reliefs if not chain_ends(_relaxed(problem, [r for r in reliefs if r != relief]))
    }
    for size in (1, 2):
        sets = [group for group in combinations(reliefs, size) if indispensable.issubset(group)]
        if found := [group for group in sets if chain_ends(_relaxed(problem, group))]:
            return _most_helpful_first(problem, found)
    return _most_helpful_first(problem, [_least_set(problem, reliefs)])


def _reliefs(problem: Problem) -> Iterator[Relief]:
    """Every condition that can be relaxed."""
    for stop in problem.stops:
        yield "desk", stop.agency
        if stop.window is not None or stop.start is not None:
            yield "window", stop.agency
    if any(stop.rooms is not None for stop in problem.stops):
        yield "room", None
    if problem.interpreters is not None:
        yield "interpreter", None
    if problem.before:
        yield "order", None
    if problem.lunch:
        yield "lunch", None


def _relaxed(problem: Problem, reliefs: Sequence[Relief]) -> Problem:
    """The problem with a free resource added, or a condition removed, for each relief."""
    hours = reduce(lambda bits, desk: bits | desk.hours, (d for s in problem.stops for d in s.desks), 0)
    extra, room = Calendar(EXTRA, hours or problem.opening), Calendar(EXTRA, problem.opening)
    stops = tuple(_relaxed_stop(stop, reliefs, extra, room) for stop in problem.stops)
    interpreters = problem.interpreters
    if interpreters is not None and ("interpreter", None) in reliefs:
        interpreters = (*interpreters, extra)
    before = frozenset[tuple[str, str]]() if ("order", None) in reliefs else problem.before
    lunch = None if ("lunch", None) in reliefs else problem.lunch
    return replace(problem, stops=stops, interpreters=interpreters, before=before, lunch=lunch)


def _relaxed_stop(stop: Stop, reliefs: Sequence[Relief], desk: Calendar, room: Calendar) -> Stop:
    if ("desk", stop.agency) in reliefs:
        stop = replace(stop, desks=(*stop.desks, desk))
    if ("window", stop.agency) in reliefs:
        stop = replace(stop, window=None, start=None)
    if ("room", None) in reliefs and stop.rooms is not None:
        stop = replace(stop, rooms=(*stop.rooms, room))
    return stop


def _least_set(problem: Problem, reliefs: list[Relief]) -> tuple[Relief, ...]:
    """A set of reliefs that makes a chain possible and from which none can be left out."""
    kept = sorted(reliefs, key=lambda relief: -KINDS.index(relief[0]))
    for relief in list(kept):
        fewer = [other for other in kept if other != relief]
        if chain_ends(_relaxed(problem, fewer)):
            kept = fewer
    return tuple(kept[::-1])


def _most_helpful_first(problem: Problem, groups: list[tuple[Relief, ...]]) -> tuple[Reason, ...]:
    """Each group of reliefs as a reason: sorted by day, then by the slots needed, then by kind."""
    weighed: list[tuple[int, int, list[int], int, Reason]] = []
    for group in groups:
        day, plan = _soonest(_relaxed(problem, group))
        hours = [_needed(relief, plan) for relief in group]
        reason: Reason | None = None
        for (kind, agency), (start, end) in reversed(list(zip(group, hours, strict=True))):
            reason = Reason(kind, agency, day, start, end, reason)
        assert reason is not None
        asked = sum(end - start for start, end in hours)
        weighed.append((day, asked, [KINDS.index(kind) for kind, _ in group], len(weighed), reason))
    return tuple(reason for *_, reason in sorted(weighed, key=lambda entry: entry[:4]))


def _soonest(problem: Problem) -> tuple[int, Plan]:
    """The first day that has a chain, and its best one."""
    end = lowest(chain_ends(problem))
    number = next(n for n, day in enumerate(problem.days) if end <= day.offset + day.slots)
    return number, best_plans(replace(problem, days=(problem.days[number],)), limit=1)[0]


def _needed(relief: Relief, plan: Plan) -> tuple[int, int]:
    """The slots, from first to last, in which the plan uses what was relaxed."""
    kind, agency = relief
    meetings = [
        meeting
        for meeting in plan.meetings
        if agency in (None, meeting.agency) and (kind != "room" or meeting.room == EXTRA)
    ]
    return meetings[0].start, meetings[-1].end
