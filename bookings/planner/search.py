"""The search: all chains of a party with one interpreter, on all days at once.

A dynamic programme over sets of agencies: for each set S (bits: indexes of the stops), the slots at which the party
can begin its next meeting once it has met S. The slots always lie in opening hours, so no chain spans two days.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from bookings.planner.bits import any_start, erode, highest
from bookings.planner.interpreting import interpreter_starts
from bookings.planner.meals import Meal, Mealtimes, any_meal
from bookings.planner.problem import Calendar, Problem, Stop

Order = frozenset[tuple[str, str]]
Way = tuple[int, int, int]  # agencies met before, allowed starts, slots until the next meeting may begin


@dataclass(frozen=True, slots=True)
class Lane:
    """The search with one interpreter (or none): for each set of agencies, the last meetings that complete it."""

    interpreter: Calendar | None
    opening: int
    closing: int
    ways: dict[int, list[Way]] = field(repr=False)
    everyone: int

    def arrivals(self, starts: int) -> "Arrivals":
        """Where the party can stand, whatever its waiting; nobody has had lunch yet."""
        found = Arrivals({0: starts}, {0: starts}, {0: 0}, {0: 0})
        for met, ways in self.ways.items():
            bits = 0
            for prior, allowed, shift in ways:
                bits |= (found.waited[prior] & allowed) << shift
            found.arrived[met] = bits
            found.waited[met] = bits if met == self.everyone or not bits else self._waited(bits)
        return found

    def feed(self, found: "Arrivals", meal: Meal, starts: int = 0) -> None:
        """Add where the party can stand after this lunch, or having begun at these starts, which need none."""
        found.fed[0] = found.fed_waited[0] = starts
        for met, ways in self.ways.items():
            bits = 0
            for prior, allowed, shift in ways:
                if fed := found.fed_waited[prior]:
                    bits |= (fed & allowed) << shift
            is_last = met == self.everyone
            if not is_last:
                bits |= meal.taken(met.bit_count(), found.waited[met]) & self.opening
            found.fed[met], found.fed_waited[met] = bits, bits if is_last or not bits else self._waited(bits)

    def _waited(self, bits: int) -> int:
        # the subtraction borrows within each day, which sets all its slots above the lowest in `bits`
        return (bits | (self.closing - bits)) & self.opening

    def ends(self, starts: int, mealtimes: Mealtimes, meal: Meal | None) -> int:
        """All ends of chains that begin at one of these starts; with a `meal`, of those that keep to lunch."""
        found = self.arrivals(starts)
        ends = found.arrived[self.everyone]
        early = ends & mealtimes.early_ends
        if meal is None or ends == early:
            return ends
        self.feed(found, meal, starts & mealtimes.late_starts)
        return early | found.fed[self.everyone]

    def layers(self, starts: int, meal: Meal | None = None) -> Iterator[tuple[int, int]]:
        """The ends of chains with exactly 0, 1, 2 ... slots of waiting, without and with lunch; never ends."""
        ways = self._ways_within(starts)
        last = ways.pop(self.everyone, [])
        met, fed = dict.fromkeys(ways, 0) | {0: starts}, dict.fromkeys(ways, 0) | {0: 0}
        steps = [(met.bit_count(), met, ways) for met, ways in ways.items()]
        while True:
            for count, agencies, ways_there in steps:
                bits, late = (met[agencies] << 1) & self.opening, (fed[agencies] << 1) & self.opening
                for prior, allowed, shift in ways_there:
                    if free := met[prior]:
                        bits |= (free & allowed) << shift
                    if free := fed[prior]:
                        late |= (free & allowed) << shift
                if meal:
                    late |= meal.taken(count, bits) & self.opening
                met[agencies], fed[agencies] = bits, late
            ends = late = 0
            for prior, allowed, shift in last:
                ends |= (met[prior] & allowed) << shift
                late |= (fed[prior] & allowed) << shift
            yield ends, late
            met[0] = 0

    def _ways_within(self, starts: int) -> dict[int, list[Way]]:
        """The ways that chains from these starts can take to their end, whatever their waiting."""
        found, useful = self.arrivals(starts), {self.everyone}
        kept: dict[int, list[Way]] = {}
        for met in reversed(self.ways):
            if met in useful:
                kept[met] = [way for way in self.ways[met] if found.waited[way[0]] & way[1]]
                useful.update(prior for prior, _, _ in kept[met])
        return {met: kept[met] for met in reversed(kept)}

    def trace(self, start: int, end: int, meal: Meal | None = None) -> list[tuple[int, int]]:
        """One chain from `start` to `end`, with this lunch in it: (index of the stop, its start), in order."""
        found = self.arrivals(1 << start)
        if meal:
            self.feed(found, meal)
        arrived, waited = (found.fed, found.fed_waited) if meal else (found.arrived, found.waited)
        met, at, chain = self.everyone, end, list[tuple[int, int]]()
        while met:
            prior, begin = next(
                (prior, at - shift)
                for prior, allowed, shift in self.ways[met]
                if at >= shift and (waited[prior] & allowed) >> (at - shift) & 1
            )
            chain.append((highest(met ^ prior), begin))
            met, at = prior, highest(arrived[prior] & ((2 << begin) - 1))
            if meal and arrived is found.fed and met:
                left = at - meal.least
                rested = meal.rest if met.bit_count() == meal.break_after else 0
                if left >= 0 and meal.began(met.bit_count(), found.waited[met]) >> left & 1:
                    arrived, waited = found.arrived, found.waited
                    at = highest(arrived[met] & ((2 << left + rested) - 1))
        return chain[::-1]


class Arrivals(NamedTuple):
    """For each set met, the slots at which the party is free for the next meeting: without and with waiting.

    `fed`: the same of those who have had lunch.
    """

    arrived: dict[int, int]
    waited: dict[int, int]
    fed: dict[int, int]
    fed_waited: dict[int, int]


def make_lanes(problem: Problem, stops: list[Stop], order: Order) -> list[Lane]:
    """One lane for each interpreter who makes a chain possible, in the order of the problem."""
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
    """All ends of chains, however long their waiting."""
    ends, mealtimes, meal = 0, Mealtimes(problem), any_meal(problem)
    for lane in make_lanes(problem, list(problem.stops), problem.before):
        ends |= lane.ends(lane.opening, mealtimes, meal)
    return ends


def pause_after(problem: Problem, count: int) -> int:
    """The slots between the `count`-th stop, counted from 1, and the next."""
    return problem.walk + (problem.break_slots if count == problem.break_after else 0)


def least_length(problem: Problem) -> int:
    """The slots from first start to last end without waiting."""
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
    """For each set of agencies that can be met, subsets first: the ways that lead to it."""
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
                # unless it is the last stop, the day must still be open when the next one begins
                followed[place, pause] = starts[place] & open_for(stop.slots + pause + 1)
            found.append((prior, followed[place, pause], stop.slots + max(pause, 0)))
        if found:
            ways[met] = found
    return ways
