"""The best chains for one party over the coming days; claims already held do not move."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bookings.planner.bits import free_run, lowest, span
from bookings.planner.interpreting import cheapest_end
from bookings.planner.problem import Calendar, Placed, Plan, Problem, Stop
from bookings.planner.search import Lane, least_length, make_lanes

PREFERENCE_SLOTS = 3  # the most waiting that following the preferred order may add
APART_SLOTS = 6  # the least difference between the starts of two plans on one day


class Candidate(NamedTuple):
    """A chain whose end is known but not its meetings; the smallest tuple is the best. `rank`: index of its lane."""

    waiting: int
    added_pay: int
    end: int
    rank: int
    day: int


def best_plans(problem: Problem, *, limit: int = 3) -> tuple[Plan, ...]:
    """The best chain of each of the best days; best is least waiting, then least added pay, then earliest end.

    If there are fewer days than `limit`, further chains of the same days follow, starting APART_SLOTS apart.
    A day follows the preferred order if that adds at most PREFERENCE_SLOTS of waiting.
    """
    search = _Search(problem)
    starts = problem.opening
    plans: list[Plan] = []
    while len(plans) < limit and (found := search.best_days(starts, limit - len(plans))):
        plans += found
        for plan in found:
            start = plan.meetings[0].start
            near = span(max(start - APART_SLOTS + 1, 0), start + APART_SLOTS)
            starts &= ~(near & problem.days[plan.day].opening)
    return tuple(sorted(plans, key=lambda plan: (plan.waiting, plan.added_pay, plan.meetings[-1].end)))


class _Search:
    """The search in one problem, without and with the preferred order."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stops = sorted(problem.stops, key=lambda stop: stop.agency)
        self.length = least_length(problem)
        self.offsets = [day.offset for day in problem.days]
        self.free = make_lanes(problem, self.stops, problem.before)
        agencies = {stop.agency for stop in problem.stops}
        soft = {pair for pair in problem.prefer - problem.before if agencies.issuperset(pair)}
        self.preferred = make_lanes(problem, self.stops, problem.before | soft) if soft else []

    def best_days(self, starts: int, limit: int) -> list[Plan]:
        """The best days' best chains, best first."""
        preferred = self._first_chains(self.preferred, starts)
        in_order: dict[int, Candidate] = {}
        for _ in range(PREFERENCE_SLOTS):
            in_order |= next(preferred, {})
        chosen: list[tuple[Candidate, list[Lane]]] = []
        for waiting, found in enumerate(self._first_chains(self.free, starts)):
            in_order |= next(preferred, {})
            for day, chain in found.items():
                chosen.append((in_order[day], self.preferred) if day in in_order else (chain, self.free))
            if sum(chain.waiting <= waiting for chain, _ in chosen) >= limit:
                break
        chosen.sort(key=lambda choice: choice[0])
        return [self._plan(chain, lanes[chain.rank]) for chain, lanes in chosen[:limit]]

    def _first_chains(self, lanes: Sequence[Lane], starts: int) -> Iterator[dict[int, Candidate]]:
        """For 0, 1, 2 ... slots of waiting: by day, the best chain of those days whose least waiting this is."""
        layers, left = [], 0
        for rank, lane in enumerate(lanes):
            if possible := self._whole_days(lane.ends(starts)):
                layers.append((rank, lane, possible << 1, lane.layers(starts & possible)))
                left |= possible << 1
        waiting = 0
        while left:
            best: dict[int, Candidate] = {}
            for rank, lane, within, layer in layers:
                if within & left:
                    for chain in self._by_day(next(layer) & left, rank, lane, waiting):
                        best[chain.day] = min(chain, best.get(chain.day, chain))
            for day in best:
                left &= ~(self.problem.days[day].opening << 1)
            yield best
            waiting += 1

    def _by_day(self, ends: int, rank: int, lane: Lane, waiting: int) -> Iterator[Candidate]:
        """The chain with the least added pay on each day that has one of these ends."""
        while ends:
            number = bisect_right(self.offsets, lowest(ends) - 1) - 1
            day = self.problem.days[number]
            today = ends & (day.opening << 1)
            pay, end = cheapest_end(lane.interpreter, day, today, self.length + waiting)
            yield Candidate(waiting, pay, end, rank, number)
            ends ^= today

    def _whole_days(self, ends: int) -> int:
        """The opening slots of the days in which these ends lie."""
        return sum(day.opening for day in self.problem.days if ends & (day.opening << 1))

    def _plan(self, chain: Candidate, lane: Lane) -> Plan:
        start = chain.end - chain.waiting - self.length
        meetings = [place(self.stops[index], at) for index, at in lane.trace(start, chain.end)]
        interpreter = lane.interpreter.resource if lane.interpreter else None
        return Plan(chain.day, tuple(meetings), interpreter, chain.waiting, chain.added_pay)


def place(stop: Stop, start: int) -> Placed:
    """The meeting at the desk and in the room whose free time around it is shortest, so that long gaps stay whole."""
    end = start + stop.slots
    room = _tightest(stop.rooms, start, end) if stop.rooms is not None else None
    return Placed(stop.agency, start, end, _tightest(stop.desks, start, end), room)


def _tightest(calendars: Sequence[Calendar], start: int, end: int) -> int:
    needed = span(start, end)
    return min(
        (free_run(calendar.free, start, end), calendar.resource)
        for calendar in calendars
        if not needed & ~calendar.free
    )[1]
