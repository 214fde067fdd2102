"""A named time for one meeting: as every possible chain says, and why not in the checker's words."""

from random import Random

import pytest

from bookings.planner import at_or_near, check, what_prevents
from tests.bookings.planner.test_elsewhere import one_day, possible_starts


@pytest.mark.parametrize("batch", range(3))
def test_a_named_time_is_possible_exactly_where_some_chain_has_it(batch: int) -> None:
    rng, exact, near = Random(f"one time {batch}"), 0, 0
    for _ in range(40):
        if (case := one_day(rng)) is None:
            continue
        problem, moving, _taken = case
        day = problem.days[0]
        possible = possible_starts(problem, moving)
        anywhere = range(day.offset - 40, day.offset + day.slots + 40)
        wanted = rng.choice(sorted(possible) if possible and rng.random() < 0.3 else anywhere)
        plans = at_or_near(problem, moving, wanted)
        starts = {next(m.start for m in plan.meetings if m.agency == moving) for plan in plans}
        assert all(check(problem, plan) == () for plan in plans)
        before = [start for start in possible if start < wanted]
        after = [start for start in possible if start > wanted]
        if wanted in possible:
            assert starts == {wanted}
            assert what_prevents(problem, moving, wanted) == ()
        else:
            assert starts == {*([max(before)] if before else []), *([min(after)] if after else [])}
            assert what_prevents(problem, moving, wanted)
        exact += wanted in possible
        near += wanted not in possible
    assert exact
    assert near
