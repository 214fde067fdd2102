"""Reasons why a party has no chain: none if it has one, and providing what they name makes one possible."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings

from bookings.planner import Calendar, Day, Problem, Reason, Stop, best_plans, why_not
from bookings.planner.bits import span

from .cases import problems

OPEN = span(0, 30)


def each(reason: Reason | None) -> Iterator[Reason]:
    """The reason and all that must come with it."""
    while reason:
        yield reason
        reason = reason.with_


def granted(problem: Problem, reason: Reason) -> Problem:
    """The problem with exactly what the reason asks for: this resource, for these slots and no others."""
    if reason.kind == "order":
        return replace(problem, before=frozenset())
    if reason.kind == "lunch":
        return replace(problem, lunch=None)
    assert reason.start is not None
    assert reason.end is not None
    extra = Calendar(10_000, span(reason.start, reason.end))
    if reason.kind == "interpreter":
        return replace(problem, interpreters=(*(problem.interpreters or ()), extra))
    stops = list(problem.stops)
    for place, stop in enumerate(stops):
        if reason.kind == "room" and stop.rooms is not None:
            stops[place] = replace(stop, rooms=(*stop.rooms, extra))
        elif stop.agency == reason.agency and reason.kind == "desk":
            stops[place] = replace(stop, desks=(*stop.desks, extra))
        elif stop.agency == reason.agency and reason.kind == "window":
            stops[place] = replace(stop, window=None, start=reason.start)
    return replace(problem, stops=tuple(stops))


@given(problem=problems)
@settings(max_examples=500, deadline=None)
def test_there_are_reasons_if_and_only_if_there_is_no_chain(problem: Problem) -> None:
    assert bool(why_not(problem)) == (not best_plans(problem, limit=1))


@given(problem=problems)
@settings(max_examples=500, deadline=None)
def test_providing_a_reason_makes_a_chain_possible_and_less_does_not(problem: Problem) -> None:
    for reason in why_not(problem):
        if reason.kind == "closed":
            continue
        helped, parts = problem, list(each(reason))
        for number, part in enumerate(parts):
            assert number == 0 or not best_plans(helped, limit=1), "fewer would have been enough"
            helped = granted(helped, part)
        plans = best_plans(helped, limit=1)
        assert plans
        assert reason.day is not None
        assert best_plans(replace(helped, days=(problem.days[reason.day],)), limit=1)


@given(problem=problems)
@settings(max_examples=200, deadline=None)
def test_reasons_have_equally_many_parts_and_are_sorted_by_day(problem: Problem) -> None:
    reasons = why_not(problem)
    assert len({len(list(each(reason))) for reason in reasons}) <= 1
    days = [reason.day for reason in reasons if reason.day is not None]
    assert days == sorted(days)


def stop(agency: str, desk: int, hours: int, busy: int = 0) -> Stop:
    return Stop(agency, 5, (Calendar(desk, hours, busy),))


def test_a_missing_desk_is_named_with_its_hours() -> None:
    problem = Problem((Day(0, 30),), (stop("MIG", 1, OPEN), stop("SKV", 2, OPEN, OPEN)))
    (reason,) = why_not(problem)
    assert (reason.kind, reason.agency, reason.day) == ("desk", "SKV", 0)
    assert (reason.start, reason.end) == (0, 5)


def test_a_missing_interpreter_is_named() -> None:
    problem = Problem((Day(0, 30),), (stop("MIG", 1, OPEN), stop("SKV", 2, OPEN)), interpreters=())
    assert why_not(problem) == (Reason("interpreter", None, 0, 0, 11),)


def test_of_a_desk_and_the_order_the_one_that_needs_fewer_slots_is_named_first() -> None:
    problem = Problem(
        (Day(0, 18),),
        (stop("MIG", 1, span(6, 18)), stop("SKV", 2, span(0, 6))),
        before=frozenset({("MIG", "SKV")}),
    )
    assert why_not(problem) == (Reason("desk", "SKV", 0, 12, 17), Reason("order", None, 0, 0, 11))


def test_a_fixed_start_is_named() -> None:
    late = replace(stop("MIG", 1, OPEN), start=26)
    assert why_not(Problem((Day(0, 30),), (late,)))[0] == Reason("window", "MIG", 0, 0, 5)


def test_a_missing_room_is_named() -> None:
    crowded = replace(stop("MIG", 1, OPEN), rooms=())
    assert why_not(Problem((Day(0, 30),), (crowded,))) == (Reason("room", None, 0, 0, 5),)


def test_only_the_meeting_without_a_room_asks_for_one() -> None:
    mig = replace(stop("MIG", 1, OPEN), rooms=(Calendar(50, span(0, 5)),))
    skv = replace(stop("SKV", 2, OPEN), rooms=mig.rooms)
    problem = Problem((Day(0, 12),), (mig, skv), before=frozenset({("MIG", "SKV")}))
    assert why_not(problem) == (Reason("room", None, 0, 6, 11),)


def test_two_things_that_help_only_together() -> None:
    problem = Problem((Day(0, 30),), (stop("MIG", 1, OPEN, OPEN), stop("SKV", 2, OPEN, OPEN)))
    (reason,) = why_not(problem)
    assert [(part.kind, part.agency) for part in each(reason)] == [("desk", "MIG"), ("desk", "SKV")]


def test_every_lacking_agency_is_named() -> None:
    problem = Problem(
        (Day(0, 60),), tuple(Stop(a, 5, ()) for a in ("MIG", "AF", "FK", "PM")), interpreters=()
    )
    (reason,) = why_not(problem)
    assert {(part.kind, part.agency) for part in each(reason)} == {
        ("interpreter", None),
        *(("desk", agency) for agency in ("MIG", "AF", "FK", "PM")),
    }


def test_among_many_things_missing_a_desk_is_named_rather_than_the_order() -> None:
    long = span(0, 60)
    full = tuple(stop(agency, desk, long, long) for desk, agency in enumerate(("MIG", "AF", "FK")))
    problem = Problem((Day(0, 60),), (*full, stop("SKV", 9, span(0, 6))), before=frozenset({("MIG", "SKV")}))
    (reason,) = why_not(problem)
    assert [part.kind for part in each(reason)] == ["desk"] * 4


def test_closed_when_no_day_could_hold_the_chain() -> None:
    assert why_not(Problem((), (stop("MIG", 1, OPEN),))) == (Reason("closed"),)
    assert why_not(Problem((Day(0, 3),), (stop("MIG", 1, OPEN),))) == (Reason("closed"),)
