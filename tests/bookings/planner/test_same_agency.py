"""Two meetings of a chain with one agency: the same desks, never at the same time, each in the order of its agency."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from bookings.planner import Problem, best_plans, check

from .brute import best_by_brute_force
from .cases import problems, random_problem
from .test_exact import costs


def with_one_alone(problem: Problem) -> Problem:
    """The first stop twice: once more for the adult who is met alone, with the orders that hold for the agency."""
    first = problem.stops[0]
    alone = replace(first, agency=f"{first.agency}:2")
    others = {first.agency: alone.agency}
    orders = [
        orders | {(others.get(before, before), others.get(after, after)) for before, after in orders}
        for orders in (problem.before, problem.prefer)
    ]
    return replace(problem, stops=(*problem.stops, alone), before=orders[0], prefer=orders[1])


@pytest.mark.parametrize("batch", range(4))
def test_equals_brute_force(batch: int) -> None:
    with_chain = 0
    for seed in range(50 * batch, 50 * batch + 50):
        rng = Random(seed)
        problem = with_one_alone(random_problem(rng, most_stops=3))
        plans = best_plans(problem, limit=2)
        assert [costs(plan) for plan in plans] == best_by_brute_force(problem, 2), seed
        with_chain += bool(plans)
    assert with_chain


@given(problem=problems)
@settings(max_examples=50, deadline=None)
def test_every_plan_passes_the_check_and_without_one_of_the_two_none_does(problem: Problem) -> None:
    doubled = with_one_alone(problem)
    for plan in best_plans(doubled):
        assert not check(doubled, plan)
        assert check(problem, plan) == ("agencies",)
