"""Two runs compared: added resources never make a plan worse, and the order of input changes nothing."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.planner import Calendar, Plan, Problem, best_plans

from .cases import problems


def best(problem: Problem) -> Plan | None:
    return next(iter(best_plans(replace(problem, prefer=frozenset()), limit=1)), None)


def is_no_worse(problem: Problem, richer: Problem) -> bool:
    """Waiting comes first; pay and end follow only among equals.

    With a lunch rule each day offers its shortest chain, so that on its own day length comes before pay and end, and
    between days only waiting can be compared.
    """
    if problem.lunch and len(problem.days) > 1:
        alone = [(replace(problem, days=(day,)), replace(richer, days=(day,))) for day in problem.days]
        if not all(is_no_worse(*pair) for pair in alone):
            return False
    before, after = best(problem), best(richer)
    if before is None:
        return True
    if after is None:
        return False
    if problem.lunch is None:
        return _cost(after) <= _cost(before)
    if len(problem.days) > 1:
        return after.waiting <= before.waiting
    return _cost_of_day(after) <= _cost_of_day(before)


def _cost_of_day(plan: Plan) -> tuple[int, int, int, int]:
    length = plan.meetings[-1].end - plan.meetings[0].start
    return plan.waiting, length, plan.added_pay, plan.meetings[-1].end


def _cost(plan: Plan) -> tuple[int, int, int]:
    return plan.waiting, plan.added_pay, plan.meetings[-1].end


@given(problem=problems, place=st.integers(0, 3), what=st.sampled_from(("desks", "rooms", "interpreters")))
@settings(max_examples=300, deadline=None)
def test_an_added_free_resource_never_makes_the_best_plan_worse(
    problem: Problem, place: int, what: str
) -> None:
    extra = Calendar(9999, problem.opening)
    if what == "interpreters":
        if problem.interpreters is None:
            return
        richer = replace(problem, interpreters=(*problem.interpreters, extra))
    else:
        stops = list(problem.stops)
        stop = stops[place % len(stops)]
        if (pool := getattr(stop, what)) is None:
            return
        more = (*pool, extra)
        stops[place % len(stops)] = (
            replace(stop, desks=more) if what == "desks" else replace(stop, rooms=more)
        )
        richer = replace(problem, stops=tuple(stops))
    assert is_no_worse(problem, richer)


@given(problem=problems, place=st.integers(0, 3))
@settings(max_examples=200, deadline=None)
def test_freeing_claimed_desks_never_makes_the_best_plan_worse(problem: Problem, place: int) -> None:
    stops = list(problem.stops)
    stop = stops[place % len(stops)]
    stops[place % len(stops)] = replace(stop, desks=tuple(replace(desk, busy=0) for desk in stop.desks))
    assert is_no_worse(problem, replace(problem, stops=tuple(stops)))


@given(problem=problems, seed=st.integers(0, 1000))
@settings(max_examples=300, deadline=None)
def test_the_order_of_input_changes_nothing(problem: Problem, seed: int) -> None:
    rng = Random(seed)

    def mixed(pool):
        return None if pool is None else tuple(rng.sample(pool, len(pool)))

    stops = [replace(stop, desks=mixed(stop.desks), rooms=mixed(stop.rooms)) for stop in mixed(problem.stops)]
    shuffled = replace(problem, stops=tuple(stops), interpreters=mixed(problem.interpreters))
    assert list(map(_cost, best_plans(shuffled))) == list(map(_cost, best_plans(problem)))
    same_interpreters = replace(shuffled, interpreters=problem.interpreters)
    assert best_plans(same_interpreters) == best_plans(problem)


@given(problem=problems)
@settings(max_examples=150, deadline=None)
def test_plans_of_one_day_start_at_least_half_an_hour_apart(problem: Problem) -> None:
    plans = best_plans(problem, limit=4)
    starts = [(plan.day, plan.meetings[0].start) for plan in plans]
    for place, (day, start) in enumerate(starts):
        assert all(day != other or abs(start - at) >= 6 for other, at in starts[:place])


@given(problem=problems)
@settings(max_examples=150, deadline=None)
def test_a_shorter_list_is_the_head_of_a_longer_one(problem: Problem) -> None:
    plans = best_plans(problem, limit=4)
    days = len({plan.day for plan in plans})
    if days == len(plans):
        for limit in range(1, days):
            assert best_plans(problem, limit=limit) == plans[:limit]
