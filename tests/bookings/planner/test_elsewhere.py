"""Other times for one meeting: the others keep theirs, the checker agrees, and no start is near the present one."""

from dataclasses import replace
from random import Random

import pytest

from bookings.planner import Problem, best_plans, check, other_times
from bookings.planner.elsewhere import APART
from tests.bookings.planner.brute import every_chain
from tests.bookings.planner.cases import random_problem


def one_day(rng: Random) -> tuple[Problem, str, int] | None:
    """A random day with a chain of which all meetings but one are fixed; that meeting's agency and start."""
    problem = random_problem(rng)
    problem = replace(problem, days=problem.days[:1], prefer=frozenset())
    plans = best_plans(problem, limit=1) if problem.days else ()
    if not plans:
        return None
    starts = {meeting.agency: meeting.start for meeting in plans[0].meetings}
    moving = rng.choice(sorted(starts))
    stops = [
        stop if stop.agency == moving else replace(stop, start=starts[stop.agency]) for stop in problem.stops
    ]
    return replace(problem, stops=tuple(stops)), moving, starts[moving]


@pytest.mark.parametrize("batch", range(4))
def test_equals_brute_force(batch: int) -> None:
    rng, moved = Random(f"elsewhere {batch}"), 0
    for _ in range(75):
        if (case := one_day(rng)) is None:
            continue
        problem, moving, taken = case
        plans = other_times(problem, moving, taken=taken, limit=50)
        starts = [next(m.start for m in plan.meetings if m.agency == moving) for plan in plans]
        assert all(check(problem, plan) == () for plan in plans)
        assert all(abs(start - taken) >= APART for start in starts)
        assert bool(plans) == any(abs(start - taken) >= APART for start in possible_starts(problem, moving))
        moved += bool(plans)
    assert moved > 5


def possible_starts(problem: Problem, moving: str) -> set[int]:
    """Every start of the moving meeting for which the day has a chain, tried one by one."""
    found = set()
    day = problem.days[0]
    for start in range(day.offset, day.offset + day.slots):
        stops = tuple(replace(s, start=start) if s.agency == moving else s for s in problem.stops)
        if every_chain(replace(problem, stops=stops)):
            found.add(start)
    return found
