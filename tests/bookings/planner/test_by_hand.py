"""Small cases with known plans, on one day of 30 slots unless a test says otherwise."""

from dataclasses import replace

import pytest

from bookings.planner import (
    Calendar,
    Day,
    Lunch,
    Placed,
    Problem,
    Stop,
    best_plans,
    check,
    claim_end,
    why_not,
)
from bookings.planner.bits import erode, free_run, span

OPEN = span(0, 30)
MIG_FIRST = frozenset({("MIG", "FK")})


def stop(agency: str, slots: int = 4, *, desk: int = 1, hours: int = OPEN, busy: int = 0) -> Stop:
    return Stop(agency, slots, (Calendar(desk, hours, busy),))


def problem(*stops: Stop, **changes) -> Problem:
    return replace(Problem((Day(0, 30),), stops), **changes)


def times(plan) -> list[tuple[str, int, int]]:
    return [(meeting.agency, meeting.start, meeting.end) for meeting in plan.meetings]


def test_erode_keeps_the_starts_of_long_enough_runs() -> None:
    assert erode(0b1110_1111, 3) == 0b0010_0011


def test_free_run_is_measured_to_both_sides() -> None:
    assert free_run(span(3, 10) | span(11, 20), 4, 6) == 7


def test_the_hard_order_and_the_walk_are_kept() -> None:
    plan = best_plans(problem(stop("FK"), stop("MIG", desk=2), before=MIG_FIRST, walk=2), limit=1)[0]
    assert times(plan) == [("MIG", 0, 4), ("FK", 6, 10)]
    assert plan.waiting == 0


def test_a_busy_desk_makes_the_party_start_later_rather_than_wait() -> None:
    late = stop("FK", busy=span(0, 12))
    plan = best_plans(problem(late, stop("MIG", desk=2), before=MIG_FIRST), limit=1)[0]
    assert times(plan) == [("MIG", 7, 11), ("FK", 12, 16)]


def test_the_break_does_not_count_as_waiting() -> None:
    four = [stop(agency, 2, desk=n) for n, agency in enumerate(("AF", "FK", "PM", "SKV"))]
    plan = best_plans(problem(*four, break_after=3, break_slots=3), limit=1)[0]
    starts = [meeting.start for meeting in plan.meetings]
    assert (starts, plan.waiting) == ([0, 3, 6, 12], 0)
    assert best_plans(problem(*four, break_after=0), limit=1)[0].meetings[-1].start == 9


def test_a_meeting_may_end_at_lunch_without_its_walk() -> None:
    noon = Calendar(9, span(0, 4) | span(6, 10))
    plan = best_plans(problem(stop("MIG"), interpreters=(noon,), walk=2), limit=1)[0]
    assert times(plan) == [("MIG", 0, 4)]
    assert claim_end(noon, 4, 2) == 4
    assert claim_end(noon, 8, 2) == 10
    assert claim_end(noon, 7, 2) == 9


def test_the_interpreter_needs_the_walk_before_another_party() -> None:
    taken = Calendar(9, OPEN, span(5, 10))
    plan = best_plans(problem(stop("MIG"), interpreters=(taken,), walk=2), limit=1)[0]
    assert times(plan) == [("MIG", 10, 14)]


def test_added_pay_is_what_the_interpreters_day_grows_by() -> None:
    fresh, hired = Calendar(7, OPEN), Calendar(8, OPEN, span(20, 25))
    plan = best_plans(problem(stop("MIG"), interpreters=(fresh, hired)), limit=1)[0]
    assert (plan.interpreter, plan.added_pay, times(plan)) == (7, 4, [("MIG", 0, 4)])
    between = Calendar(8, OPEN, span(2, 4) | span(20, 25))
    plan = best_plans(problem(stop("MIG"), interpreters=(fresh, between)), limit=1)[0]
    assert (plan.interpreter, plan.added_pay, times(plan)) == (8, 0, [("MIG", 4, 8)])


def test_equal_interpreters_are_taken_in_the_order_given() -> None:
    plan = best_plans(problem(stop("MIG"), interpreters=(Calendar(8, OPEN), Calendar(7, OPEN))), limit=1)[0]
    assert plan.interpreter == 8


def test_the_tightest_desk_is_taken_then_the_lowest_key() -> None:
    desks = (Calendar(3, OPEN), Calendar(2, OPEN), Calendar(5, span(0, 6)))
    plan = best_plans(problem(Stop("MIG", 4, desks, rooms=desks[:2])), limit=1)[0]
    assert plan.meetings == (Placed("MIG", 0, 4, 5, 2),)


@pytest.mark.parametrize(("free_from", "first"), [(11, "MIG"), (12, "FK")])
def test_the_preferred_order_may_cost_a_quarter_of_an_hour(free_from: int, first: str) -> None:
    """MIG is locked at 8-12; FK is free just before it, or after it at three or four slots of waiting."""
    mig = replace(stop("MIG", desk=2), start=8)
    fk = stop("FK", 3, hours=span(4, 7) | span(free_from + 5, 30))
    plan = best_plans(problem(mig, fk, prefer=MIG_FIRST), limit=1)[0]
    assert plan.meetings[0].agency == first
    assert plan.waiting == (3 if first == "MIG" else 0)


def test_of_two_days_with_equal_waiting_the_earlier_is_best_even_if_the_other_could_wait_less() -> None:
    """The second day waits 0, or 1 in the preferred order; the first day waits 1 either way."""
    mig = stop("MIG", desk=2, hours=span(0, 4) | span(48, 52))
    fk = stop("FK", 3, hours=span(6, 9) | span(44, 47) | span(54, 57))
    plan = best_plans(problem(mig, fk, days=(Day(0, 30), Day(40, 30)), prefer=MIG_FIRST), limit=1)[0]
    assert (plan.day, plan.waiting) == (0, 1)


def test_neither_a_meeting_nor_a_chain_spans_two_days() -> None:
    days = (Day(0, 4), Day(5, 4))
    always = Calendar(1, span(0, 9))
    assert best_plans(Problem(days, (Stop("MIG", 5, (always,)),))) == ()
    assert best_plans(Problem(days, (Stop("MIG", 3, (always,)), Stop("FK", 3, (always,))))) == ()


def test_too_few_days_give_further_plans_of_the_same_day() -> None:
    plans = best_plans(problem(stop("MIG")), limit=3)
    assert [plan.meetings[0].start for plan in plans] == [0, 6, 12]


def test_a_locked_meeting_stays_and_the_other_moves_round_it() -> None:
    locked = replace(stop("MIG", desk=2), start=10)
    plan = best_plans(problem(locked, stop("FK"), before=MIG_FIRST), limit=1)[0]
    assert times(plan) == [("MIG", 10, 14), ("FK", 15, 19)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"stops": ()},
        {"stops": (stop("MIG"), stop("MIG"))},
        {"stops": (stop("MIG", 0),)},
        {"days": (Day(0, 5), Day(5, 5))},
    ],
)
def test_an_inconsistent_problem_raises(wrong: dict) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        problem(stop("MIG"), **wrong)


def test_no_days_no_plans() -> None:
    assert best_plans(problem(stop("MIG"), days=())) == ()


LUNCH = Lunch(span(8, 16), 3, 5)


def at_noon(*hours: int) -> Problem:
    """MIG is free at 4-8, FK from each of the given starts on for four slots."""
    free = 0
    for start in hours:
        free |= span(start, start + 4)
    mig = stop("MIG", hours=span(4, 8), desk=2)
    return problem(mig, stop("FK", hours=free), before=MIG_FIRST, break_after=0, lunch=LUNCH)


@pytest.mark.parametrize(
    ("start", "waiting"),
    [
        (12, 0),  # lunch 9-12, after the walk
        (14, 0),  # lunch may take five slots
        (15, 1),  # and what is longer is waiting
        (9, 0),  # over before the window ends: no lunch is needed
        (11, 2),  # two slots beside the walk are waiting
    ],
)
def test_lunch_is_no_waiting(start: int, waiting: int) -> None:
    (plan,) = best_plans(at_noon(start), limit=1)
    assert (plan.meetings[-1].start, plan.waiting) == (start, waiting)
    assert check(at_noon(start), plan) == ()


def test_a_chain_that_passes_the_window_without_lunch_is_not_possible() -> None:
    short = replace(at_noon(11), lunch=Lunch(span(8, 14), 3, 5))
    assert best_plans(short) == ()
    assert [reason.kind for reason in why_not(short)] == ["lunch"]
    late = replace(short, lunch=None)
    assert check(short, best_plans(late, limit=1)[0])[0] == "lunch"


def test_of_two_chains_without_waiting_the_one_without_lunch_is_better() -> None:
    (plan,) = best_plans(at_noon(9, 14), limit=1)
    assert plan.meetings[-1].start == 9


def test_lunch_at_the_break_s_place_is_the_break_too() -> None:
    three = [stop("MIG", 3, hours=span(0, 3), desk=2), stop("FK", 3), stop("SKV", 3, desk=3)]
    order = frozenset({("MIG", "FK"), ("FK", "SKV")})
    noon = problem(*three, before=order, break_after=2, break_slots=2, lunch=Lunch(span(5, 12), 3, 3))
    (plan,) = best_plans(noon, limit=1)
    assert times(plan) == [("MIG", 0, 3), ("FK", 4, 7), ("SKV", 11, 14)]
    assert plan.waiting == 0
