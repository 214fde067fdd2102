"""The move: every chain of one party and one interpreter, over the whole horizon at once.

A lane's state is `met[S]`: the slots at which the party can begin its next meeting having met the
agencies S (bits of the stops' places). A state always lies in opening hours, so nothing crosses a night.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

from bookings.planner.bits import any_start, erode, highest
from bookings.planner.interpreting import interpreter_starts
from bookings.planner.problem import Calendar, Problem, Stop

Order = frozenset[tuple[str, str]]
Way = tuple[int, int, int]  # agencies met before, starts allowed, slots until the next meeting may begin


@dataclass(frozen=True, slots=True)
class Lane:
    """The moves of one order with one interpreter (or none): for each set of agencies, the ways to it."""

    interpreter: Calendar | None
    opening: int
    closing: int
    ways: dict[int, list[Way]] = field(repr=False)
    everyone: int

    def arrivals(self, starts: int) -> tuple[dict[int, int], dict[int, int]]:
        """For each set met, when the party can first stand free, and when having waited at will."""
        arrived, waited = {0: starts}, {0: starts}
        for met, ways in self.ways.items():
            bits = 0
            for prior, allowed, shift in ways:
                bits |= (waited[prior] & allowed) << shift
            arrived[met] = bits
            # closing - bits borrows once a day: it sets every opening slot above that day's lowest bit
            waited[met] = (bits | (self.closing - bits)) & self.opening if met != self.everyone else bits
        return arrived, waited

    def ends(self, starts: int) -> int:
        """Every end of a chain that begins at one of these starts."""
        return self.arrivals(starts)[0][self.everyone]

    def layers(self, starts: int) -> Iterator[int]:
        """The ends of chains with exactly 0, 1, 2 ... slots of waiting, for ever."""
        met = dict.fromkeys(self.ways, 0) | {0: starts}
        steps = [step for step in self.ways.items() if step[0] != self.everyone]
        while True:
            for agencies, ways in steps:
                bits = (met[agencies] << 1) & self.opening
                for prior, allowed, shift in ways:
                    bits |= (met[prior] & allowed) << shift
                met[agencies] = bits
            ends = 0
            for prior, allowed, shift in self.ways[self.everyone]:
                ends |= (met[prior] & allowed) << shift
            yield ends
            met[0] = 0

    def trace(self, start: int, end: int) -> list[tuple[int, int]]:
        """One chain from start to end: (place of the stop, its start) in time order."""
        arrived, waited = self.arrivals(1 << start)
        met, at, chain = self.everyone, end, list[tuple[int, int]]()
        while met:
            prior, begin = next(
                (prior, at - shift)
                for prior, allowed, shift in self.ways[met]
                if at >= shift and (waited[prior] & allowed) >> (at - shift) & 1
            )
            chain.append((highest(met ^ prior), begin))
            met, at = prior, highest(arrived[prior] & ((2 << begin) - 1))
        return chain[::-1]


def make_lanes(problem: Problem, stops: list[Stop], order: Order) -> list[Lane]:
    """One lane for each interpreter, in the order given."""
    opening = problem.opening
    closing = sum(1 << (day.offset + day.slots) for day in problem.days)
    everyone = (1 << len(stops)) - 1
    open_for = cache(lambda slots: erode(opening, slots))
    at_desks = [_stop_starts(stop) & open_for(stop.slots) for stop in stops]
    lanes = []
    for interpreter in (None,) if problem.interpreters is None else problem.interpreters:
        starts = list(at_desks)
        if interpreter:
            for place, stop in enumerate(stops):
                starts[place] &= interpreter_starts(interpreter, stop.slots, problem.walk)
        ways = _ways(problem, stops, starts, order, open_for) if all(starts) else {}
        if everyone in ways:
            lanes.append(Lane(interpreter, opening, closing, ways, everyone))
    return lanes


def chain_ends(problem: Problem) -> int:
    """Every end that some chain has, however long it waits."""
    ends = 0
    for lane in make_lanes(problem, list(problem.stops), problem.before):
        ends |= lane.ends(lane.opening)
    return ends


def pause_after(problem: Problem, count: int) -> int:
    """The slots between this stop, counted from 1, and the next."""
    return problem.walk + (problem.break_slots if count == problem.break_after else 0)


def least_length(problem: Problem) -> int:
    """The slots from first start to last end when nobody waits."""
    count = len(problem.stops)
    return sum(stop.slots for stop in problem.stops) + sum(
        pause_after(problem, place) for place in range(1, count)
    )


def _stop_starts(stop: Stop) -> int:
    starts = any_start(stop.desks, stop.slots)
    if stop.rooms is not None:
        starts &= any_start(stop.rooms, stop.slots)
    if stop.window is not None:
        starts &= erode(stop.window, stop.slots)
    if stop.start is not None:
        starts &= 1 << stop.start
    return starts


def _ways(
    problem: Problem, stops: list[Stop], starts: list[int], order: Order, open_for: Callable[[int], int]
) -> dict[int, list[Way]]:
    """The sets that can be met, smaller before larger, and from where with which start and shift."""
    needs = [
        sum(1 << place for place, earlier in enumerate(stops) if (earlier.agency, stop.agency) in order)
        for stop in stops
    ]
    ways: dict[int, list[Way]] = {}
    everyone = (1 << len(stops)) - 1
    followed: dict[tuple[int, int], int] = {}
    for met in range(1, everyone + 1):
        pause = pause_after(problem, met.bit_count()) if met != everyone else -1
        found = []
        for place, stop in enumerate(stops):
            prior = met & ~(1 << place)
            if prior == met or needs[place] & ~prior or (prior and prior not in ways):
                continue
            if (place, pause) not in followed:
                # not the last stop: the day must still be open when the next one begins
                followed[place, pause] = starts[place] & open_for(stop.slots + pause + 1)
            found.append((prior, followed[place, pause], stop.slots + max(pause, 0)))
        if found:
            ways[met] = found
    return ways
