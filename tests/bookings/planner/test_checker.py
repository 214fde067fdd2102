"""The checker accepts valid plans and names the condition that each altered plan violates."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bookings.planner import Calendar, Day, Placed, Plan, Problem, Stop, best_plans, check
from bookings.planner.bits import span

from .cases import problems

HOURS = span(2, 50)


def case() -> tuple[Problem, Plan]:
    """Four stops with rooms and an interpreter with other claims, so that every condition can be violated."""
    names = ("MIG", "AF", "FK", "SKV")
    rooms = (Calendar(50, HOURS), Calendar(51, HOURS, span(0, 50)))
    stops = [
        Stop(name, 4, (Calendar(n, HOURS), Calendar(n + 20, HOURS, span(0, 50))), rooms)
        for n, name in enumerate(names)
    ]
    stops[1] = replace(stops[1], window=span(2, 40))
    stops[0] = replace(stops[0], start=5)
    problem = Problem(
        days=(Day(2, 48), Day(60, 48)),
        stops=tuple(stops),
        interpreters=(Calendar(90, HOURS, span(40, 44)), Calendar(91, HOURS, span(2, 50))),
        before=frozenset(("MIG", name) for name in names[1:]),
        walk=2,
    )
    return problem, best_plans(problem, limit=1)[0]


def altered(plan: Plan, place: int, **changes) -> Plan:
    meetings = list(plan.meetings)
    meetings[place] = replace(meetings[place], **changes)
    return replace(plan, meetings=tuple(meetings))


def moved(plan: Plan, place: int, by: int) -> Plan:
    meeting = plan.meetings[place]
    return altered(plan, place, start=meeting.start + by, end=meeting.end + by)


def shifted(plan: Plan, by: int) -> Plan:
    meetings = tuple(replace(m, start=m.start + by, end=m.end + by) for m in plan.meetings)
    return replace(plan, meetings=meetings)


def swapped(plan: Plan, a: int, b: int) -> Plan:
    """The plan with two agencies' meetings exchanged, each at its own desk."""
    meetings = list(plan.meetings)
    one, two = meetings[a], meetings[b]
    meetings[a] = replace(one, agency=two.agency, desk=two.desk)
    meetings[b] = replace(two, agency=one.agency, desk=one.desk)
    return replace(plan, meetings=tuple(meetings))


def wrong_plans(plan: Plan) -> Iterator[tuple[str, Plan]]:
    last = plan.meetings[-1]
    yield "agencies", replace(plan, meetings=plan.meetings[:-1])
    yield "agencies", replace(plan, meetings=(*plan.meetings, last))
    yield "agencies", altered(plan, 1, agency="PM")
    yield "agencies", replace(plan, meetings=())
    yield "day", replace(plan, day=7)
    yield "day", replace(plan, day=-1)
    yield "day", replace(plan, day=1)
    yield "day", moved(plan, 3, 58)
    yield "time_order", replace(plan, meetings=plan.meetings[::-1])
    yield "two_places", moved(plan, 2, -4)
    yield "walk", moved(plan, 2, -1)
    yield "break", moved(plan, 3, -1)
    yield "precedence", swapped(plan, 0, 1)
    yield "waiting", replace(plan, waiting=plan.waiting + 1)
    yield "waiting", moved(plan, 3, 1)
    yield "length", altered(plan, 3, end=last.end + 1)
    yield "length", altered(plan, 2, end=plan.meetings[2].end - 1)
    yield "locked", shifted(plan, 1)
    yield "window", shifted(plan, 30)
    yield "desk", altered(plan, 0, desk=77)
    yield "desk", altered(plan, 0, desk=20)
    yield "desk", altered(plan, 0, desk=1)
    yield "desk", shifted(plan, 30)
    yield "room", altered(plan, 0, room=51)
    yield "room", altered(plan, 0, room=None)
    yield "room", altered(plan, 0, room=77)
    yield "interpreter", replace(plan, interpreter=None)
    yield "interpreter", replace(plan, interpreter=77)
    yield "interpreter", replace(plan, interpreter=91)
    yield "interpreter", moved(plan, 3, 39 - last.end)
    yield "pay", replace(plan, added_pay=plan.added_pay + 1)


def test_a_valid_plan_passes() -> None:
    assert check(*case()) == ()


@pytest.mark.parametrize("place", range(len(list(wrong_plans(case()[1])))))
def test_each_altered_plan_is_refused_for_its_condition(place: int) -> None:
    problem, plan = case()
    name, wrong = list(wrong_plans(plan))[place]
    assert name in check(problem, wrong)


def test_a_room_or_interpreter_that_is_not_needed_is_refused() -> None:
    problem, plan = case()
    bare = replace(problem, stops=tuple(replace(s, rooms=None) for s in problem.stops), interpreters=None)
    assert check(bare, plan) == ("room", "interpreter", "pay")


def test_a_desk_claimed_since_the_search_is_refused() -> None:
    problem, plan = case()
    meeting = plan.meetings[2]
    stops = tuple(
        replace(s, desks=tuple(replace(d, busy=d.busy | 1 << (meeting.end - 1)) for d in s.desks))
        if s.agency == meeting.agency
        else s
        for s in problem.stops
    )
    assert check(replace(problem, stops=stops), plan) == ("desk",)


def test_times_before_the_horizon_are_refused() -> None:
    problem, plan = case()
    wild = replace(plan, meetings=(Placed("MIG", -9, -5, 0, 50), *plan.meetings[1:]))
    assert {"day", "desk", "locked"} <= set(check(problem, wild))


@given(problem=problems)
@settings(max_examples=200, deadline=None)
def test_plans_of_random_problems_pass_and_their_altered_copies_do_not(problem: Problem) -> None:
    for plan in best_plans(problem, limit=2):
        assert check(problem, plan) == ()
        assert "waiting" in check(problem, replace(plan, waiting=plan.waiting - 1))
        assert "pay" in check(problem, replace(plan, added_pay=plan.added_pay - 1))
        assert "length" in check(problem, altered(plan, 0, start=plan.meetings[0].start - 1))
        assert "desk" in check(problem, altered(plan, -1, desk=-1))
