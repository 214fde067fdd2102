"""A reference solution by brute force: every possible chain, slot by slot."""

from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

from bookings.planner import Calendar, Day, Problem, Stop


class Found(NamedTuple):
    waiting: int
    pay: int
    end: int
    day: int
    start: int
    preferred: bool


def every_chain(problem: Problem) -> set[Found]:
    """All chains, as their costs, their start and whether they keep the preferred order."""
    found = set()
    needed = {stop.agency for stop in problem.stops}
    wish = [pair for pair in problem.prefer if needed.issuperset(pair)]
    for order in permutations(problem.stops):
        if not _keeps(order, [pair for pair in problem.before if needed.issuperset(pair)]):
            continue
        for number, day in enumerate(problem.days):
            for interpreter in [None] if problem.interpreters is None else problem.interpreters:
                for start, end in _walk_through(problem, order, day, interpreter):
                    least = sum(stop.slots for stop in order) + problem.walk * (len(order) - 1)
                    if 0 < problem.break_after < len(order):
                        least += problem.break_slots
                    pay = _added_pay(day, interpreter, start, end)
                    found.add(Found(end - start - least, pay, end, number, start, _keeps(order, wish)))
    return found


def best_by_brute_force(problem: Problem, limit: int) -> list[tuple[int, int, int, int]]:
    """(waiting, pay, end, day) of the plans that `best_plans` must return."""
    chains, plans = every_chain(problem), list[Found]()
    while len(plans) < limit and chains:
        best = sorted(_choice([c for c in chains if c.day == day]) for day in {c.day for c in chains})
        best = best[: limit - len(plans)]
        plans += best
        chains = {c for c in chains if all(c.day != b.day or abs(c.start - b.start) >= 6 for b in best)}
    return [found[:4] for found in sorted(plans)]


def _choice(chains: list[Found]) -> Found:
    best = min(chains)
    wished = min((chain for chain in chains if chain.preferred), default=None)
    return wished if wished and wished.waiting <= best.waiting + 3 else best


def _keeps(order: tuple[Stop, ...], pairs: list[tuple[str, str]]) -> bool:
    place = {stop.agency: number for number, stop in enumerate(order)}
    return all(place[first] < place[then] for first, then in pairs)


def _walk_through(
    problem: Problem, order: tuple[Stop, ...], day: Day, interpreter: Calendar | None
) -> Iterator[tuple[int, int]]:
    """First start and last end of every way through these stops in this order."""
    starts = [
        [
            slot
            for slot in range(day.offset, day.offset + day.slots)
            if _fits(problem, stop, slot, day, interpreter)
        ]
        for stop in order
    ]

    def onwards(place: int, earliest: int) -> Iterator[int]:
        for start in starts[place]:
            if start < earliest:
                continue
            end = start + order[place].slots
            if place + 1 == len(order):
                yield end
            else:
                rest = problem.break_slots if place + 1 == problem.break_after else 0
                yield from onwards(place + 1, end + problem.walk + rest)

    for start in starts[0]:
        starts[0], kept = [start], starts[0]
        for end in set(onwards(0, 0)):
            yield start, end
        starts[0] = kept


def _fits(problem: Problem, stop: Stop, start: int, day: Day, interpreter: Calendar | None) -> bool:
    slots = range(start, start + stop.slots)
    if slots[-1] >= day.offset + day.slots or stop.start not in (None, start):
        return False
    if stop.window is not None and not all(stop.window >> slot & 1 for slot in slots):
        return False
    if not any(_free(desk, slots) for desk in stop.desks):
        return False
    if stop.rooms is not None and not any(_free(room, slots) for room in stop.rooms):
        return False
    return interpreter is None or (
        _free(interpreter, slots) and _can_leave(interpreter, slots[-1] + 1, problem.walk)
    )


def _free(calendar: Calendar, slots: range) -> bool:
    return all(calendar.hours >> slot & 1 and not calendar.busy >> slot & 1 for slot in slots)


def _can_leave(interpreter: Calendar, end: int, walk: int) -> bool:
    for slot in range(end, end + walk):
        if not interpreter.hours >> slot & 1:
            return True
        if interpreter.busy >> slot & 1:
            return False
    return True


def _added_pay(day: Day, interpreter: Calendar | None, start: int, end: int) -> int:
    if interpreter is None:
        return 0
    busy = [slot for slot in range(day.offset, day.offset + day.slots) if interpreter.busy >> slot & 1]
    after = [*busy, start, end - 1]
    return max(after) - min(after) - (max(busy) - min(busy) if busy else -1)
