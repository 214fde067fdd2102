"""The planner's plans equal those of brute force, of OR-Tools and of a loop over the days."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from bookings.planner import Day, Plan, Problem, best_plans, check
from bookings.planner.search import make_lanes

from .brute import best_by_brute_force, every_chain
from .cases import AGENCIES, problems, random_calendar, random_problem, with_break_and_lunch
from .oracle import best_by_constraints, wide_shifts


def costs(plan: Plan) -> tuple[int, int, int, int]:
    return plan.waiting, plan.added_pay, plan.meetings[-1].end, plan.day


@pytest.mark.parametrize("batch", range(20))
def test_equals_brute_force(batch: int) -> None:
    with_chain = 0
    for seed in range(100 * batch, 100 * batch + 100):
        rng = Random(seed)
        problem, limit = random_problem(rng), rng.randint(1, 4)
        plans = best_plans(problem, limit=limit)
        assert [costs(plan) for plan in plans] == best_by_brute_force(problem, limit), seed
        assert not [name for plan in plans for name in check(problem, plan)], seed
        with_chain += bool(plans)
    assert 20 < with_chain < 95, "the cases must be neither all easy nor all hopeless"


@pytest.mark.parametrize("seeds", [(8685, 16898, 21500), range(400)])
def test_lunch_lies_where_it_was_counted(seeds: Iterable[int]) -> None:
    """In the first three, two chains have the same start and end, and lunch is at the break in one of them only."""
    for seed in seeds:
        rng = Random(f"lunch {seed}")
        problem = with_break_and_lunch(rng, random_problem(rng, most_stops=5))
        assert not [name for plan in best_plans(problem) for name in check(problem, plan)], seed


@given(problem=problems)
@settings(max_examples=100, deadline=None)
def test_a_layer_holds_exactly_the_ends_with_its_waiting(problem: Problem) -> None:
    problem = replace(problem, lunch=None)
    lanes = make_lanes(problem, list(problem.stops), problem.before)
    layers = [lane.layers(problem.opening) for lane in lanes]
    chains = every_chain(problem)
    for waiting in range(21):
        found = 0
        for layer in layers:
            found |= next(layer)[0]
        assert found == sum(1 << end for end in {c.end for c in chains if c.waiting == waiting})


def oracle_case(rng: Random) -> Problem:
    """One longer day of five or six agencies, calendars without gaps shorter than a walk."""
    day = Day(2, rng.randint(48, 72))
    few = random_problem(rng, most_stops=1).stops[0]
    stops = tuple(
        replace(
            few,
            agency=agency,
            slots=rng.randint(3, 6),
            desks=tuple(
                wide_shifts(random_calendar(rng, 80, 10 * number + desk, 0.75), day.opening)
                for desk in range(2)
            ),
            rooms=None,
            window=None,
            start=None,
        )
        for number, agency in enumerate(rng.sample(AGENCIES, rng.randint(5, 6)))
    )
    interpreters = tuple(wide_shifts(random_calendar(rng, 80, 90 + n, 0.03), day.opening) for n in range(2))
    first = frozenset((stops[0].agency, stop.agency) for stop in stops[1:])
    return Problem((day,), stops, interpreters if rng.random() < 0.7 else None, before=first)


@pytest.mark.parametrize("batch", range(10))
def test_equals_constraint_solver(batch: int) -> None:
    waits = 0
    for seed in range(15 * batch, 15 * batch + 15):
        problem = oracle_case(Random(seed))
        plans = best_plans(problem, limit=1)
        waits += any(plan.waiting for plan in plans)
        assert (costs(plans[0])[:3] if plans else None) == best_by_constraints(problem), seed
    assert waits, "some must have to wait even on their best day"


@given(problem=problems)
@settings(max_examples=300, deadline=None)
def test_horizon_equals_loop_over_days(problem: Problem) -> None:
    by_day = []
    for number, day in enumerate(problem.days):
        by_day += [replace(p, day=number) for p in best_plans(replace(problem, days=(day,)), limit=1)]
    together = best_plans(problem, limit=max(len(by_day), 1))
    assert sorted(by_day, key=costs) == list(together)
