"""One stop stands for all that are met at once: as long as the longest, where desks of all are free."""

from dataclasses import replace
from random import Random

import pytest

from bookings.planner import Calendar, Day, Plan, Problem, Stop, best_plans, check, fold
from bookings.planner.bits import span
from tests.bookings.planner.cases import random_problem

DAY = Day(0, 20)
HOST = Stop("AF", 4, (Calendar(1, span(0, 20)), Calendar(2, span(0, 20), busy=span(0, 12))))
JOINED = Stop("FK", 6, (Calendar(3, span(0, 20), busy=span(0, 5)), Calendar(4, span(10, 20))))
PROBLEM = Problem((DAY,), (HOST, JOINED), walk=1, break_after=0)


def test_the_plan_has_both_at_one_time_as_long_as_the_longer_at_free_desks():
    folded = fold(PROBLEM, {"FK": "AF"})
    (plan,) = best_plans(folded.problem, limit=1)
    host, joined = folded.unfolded(plan).meetings
    assert (host.agency, host.start, host.end, host.desk) == ("AF", 5, 11, 1)
    assert (joined.agency, joined.start, joined.end, joined.desk, joined.room) == ("FK", 5, 11, 3, None)


def test_a_plan_is_folded_to_what_it_was_unfolded_from():
    folded = fold(PROBLEM, {"FK": "AF"})
    (plan,) = best_plans(folded.problem, limit=1)
    assert folded.folded(folded.unfolded(plan)) == plan


def test_meetings_at_two_times_are_not_held_together():
    folded = fold(PROBLEM, {"FK": "AF"})
    plan = folded.unfolded(best_plans(folded.problem, limit=1)[0])
    host, joined = plan.meetings
    for other in (replace(joined, start=6), replace(joined, end=12), replace(joined, room=9)):
        with pytest.raises(ValueError, match="one time"):
            folded.folded(replace(plan, meetings=(host, other)))


def test_a_desk_that_is_busy_is_complained_of():
    folded = fold(PROBLEM, {"FK": "AF"})
    plan = folded.unfolded(best_plans(folded.problem, limit=1)[0])
    host, joined = plan.meetings
    for desk in (4, 77):
        wrong = replace(plan, meetings=(host, replace(joined, desk=desk)))
        assert "desk" in check(folded.problem, folded.folded(wrong))


def test_others_keep_their_order_to_both():
    problem = replace(
        PROBLEM,
        stops=(*PROBLEM.stops, Stop("SKV", 3, (Calendar(5, span(0, 20)),))),
        before=frozenset({("SKV", "FK"), ("AF", "FK")}),
    )
    assert fold(problem, {"FK": "AF"}).problem.before == {("SKV", "AF")}


def test_what_the_problem_lacks_folds_nothing():
    folded = fold(PROBLEM, {"PM": "AF", "FK": "KOM"})
    assert folded.problem == PROBLEM


def test_every_plan_of_a_folded_problem_has_free_desks_for_all():
    found = 0
    for seed in range(120):
        problem = random_problem(Random(seed))
        if len(problem.stops) < 2:
            continue
        host, joined = problem.stops[:2]
        folded = fold(problem, {joined.agency: host.agency})
        for plan in best_plans(folded.problem, limit=2):
            found += 1
            assert not check(folded.problem, plan)
            _require_free(problem, folded.unfolded(plan))
    assert found > 20


def _require_free(problem: Problem, plan: Plan) -> None:
    stops = {stop.agency: stop for stop in problem.stops}
    for meeting in plan.meetings:
        needed = span(meeting.start, meeting.end)
        desks = {desk.resource: desk for desk in stops[meeting.agency].desks}
        assert not needed & ~desks[meeting.desk].free
        assert meeting.end - meeting.start >= stops[meeting.agency].slots
