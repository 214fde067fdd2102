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
    length: int = 0


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
                for start, end, lunch in _walk_through(problem, order, day, interpreter):
                    least = sum(stop.slots for stop in order) + problem.walk * (len(order) - 1)
                    if 0 < problem.break_after < len(order):
                        least += problem.break_slots
                    if lunch is None and _needs_lunch(problem, day, start, end):
                        continue
                    least += lunch or 0
                    pay = _added_pay(day, interpreter, start, end)
                    waiting, kept = end - start - least, _keeps(order, wish)
                    found.add(Found(waiting, pay, end, number, start, kept, end - start))
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
    best = min(chains, key=_on_its_day)
    wished = min((chain for chain in chains if chain.preferred), key=_on_its_day, default=None)
    return wished if wished and wished.waiting <= best.waiting + 3 else best


def _on_its_day(chain: Found) -> tuple[int, ...]:
    return chain.waiting, chain.length, chain.pay, chain.end


def _keeps(order: tuple[Stop, ...], pairs: list[tuple[str, str]]) -> bool:
    place = {stop.agency: number for number, stop in enumerate(order)}
    return all(place[first] < place[then] for first, then in pairs)


def _walk_through(
    problem: Problem, order: tuple[Stop, ...], day: Day, interpreter: Calendar | None
) -> Iterator[tuple[int, int, int | None]]:
    """First start, last end, and the slots that lunch adds (None: no lunch) of every way in this order."""
    starts = [
        [
            slot
            for slot in range(day.offset, day.offset + day.slots)
            if _fits(problem, stop, slot, day, interpreter)
        ]
        for stop in order
    ]

    def onwards(place: int, free: int, rest: int) -> Iterator[tuple[int, int | None]]:
        for start in starts[place]:
            if start < free + rest:
                continue
            here = _lunch(problem, free, start, rest) if place else None
            end = start + order[place].slots
            if place + 1 == len(order):
                yield end, here
                continue
            pause = problem.break_slots if place + 1 == problem.break_after else 0
            for last, later in onwards(place + 1, end + problem.walk, pause):
                yield last, max((one for one in (here, later) if one is not None), default=None)

    for start in starts[0]:
        starts[0], kept = [start], starts[0]
        for end, lunch in set(onwards(0, 0, 0)):
            yield start, end, lunch
        starts[0] = kept


def _lunch(problem: Problem, free: int, start: int, rest: int) -> int | None:
    """The slots that lunch adds to a pause; None if it is too short for lunch."""
    if problem.lunch is None:
        return None
    slots = sum(problem.lunch.window >> slot & 1 for slot in range(free, start))
    return max(min(slots, problem.lunch.most) - rest, 0) if slots >= problem.lunch.least else None


def _needs_lunch(problem: Problem, day: Day, start: int, end: int) -> bool:
    slots = range(day.offset, day.offset + day.slots)
    window = [slot for slot in slots if problem.lunch and problem.lunch.window >> slot & 1]
    return bool(window) and start < window[0] and end > window[-1] + 1


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
