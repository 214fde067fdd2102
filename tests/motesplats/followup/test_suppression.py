"""No hidden count can be worked out, says a solver that knows all that is shown; and little is hidden in vain."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from motesplats.followup.suppression import LEAST, suppress, with_totals

MOST = 1_000
COUNTS = st.one_of(st.integers(0, 7), st.sampled_from([0, 1, 1, 2, 6, 12, 40]))


@st.composite
def tables(draw) -> list[list[int]]:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    row = st.lists(COUNTS, min_size=columns, max_size=columns)
    drawn: list[list[int]] = draw(st.lists(row, min_size=rows, max_size=rows))
    return drawn


def worked_out(counts: Sequence[Sequence[int]], shown: Sequence[Sequence[int | None]]) -> Iterator[tuple]:
    """The hidden cells that can be one number only, given what is shown and that none of them is nothing."""
    full = with_totals(counts)
    for i, row in enumerate(shown):
        for j, count in enumerate(row):
            if count is None and not can_differ(shown, i, j, full[i][j]):
                yield i, j


def can_differ(shown: Sequence[Sequence[int | None]], i: int, j: int, count: int) -> bool:
    """Whether the table as shown also fits another count there."""
    model = cp_model.CpModel()
    cells = [[model.new_int_var(1, MOST, "") if c is None else c for c in row] for row in shown]
    for line in [*cells, *zip(*cells, strict=True)]:
        model.add(cp_model.LinearExpr.sum(list(line[:-1])) == line[-1])
    model.add(cells[i][j] != count)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(model) == cp_model.OPTIMAL


@settings(max_examples=60, deadline=None)
@given(tables())
def test_no_hidden_count_can_be_worked_out(counts):
    assert list(worked_out(counts, suppress(counts, people=counts))) == []


@settings(deadline=None)
@given(tables(), st.data())
def test_what_is_shown_is_true_and_never_small(counts, data):
    people = [[data.draw(COUNTS) for _ in row] for row in counts]
    full, behind = with_totals(counts), with_totals(people)
    for i, row in enumerate(suppress(counts, people=people)):
        for j, count in enumerate(row):
            assert count in {None, full[i][j]}
            assert not count or (count >= LEAST and behind[i][j] >= LEAST)
            assert count is not None or full[i][j]


def test_the_solver_finds_what_can_be_worked_out():
    counts = [[3, 20], [10, 30]]
    assert list(worked_out(counts, [[None, 20, 23], [10, 30, 40], [13, 50, 63]])) == [(0, 0)]
    # Neither is nothing and they are two together.
    assert list(worked_out([[1, 1]], [[None, None, 2], [1, 1, 2]])) == [(0, 0), (0, 1)]


def test_large_counts_all_stay():
    assert suppress([[6, 0], [7, 80]], people=[[6, 0], [7, 80]]) == [[6, 0, 6], [7, 80, 87], [13, 80, 93]]


def test_a_small_one_takes_the_least_others_with_it():
    counts = [[3, 20, 9], [10, 30, 8], [70, 60, 50]]
    shown = suppress(counts, people=counts)
    assert shown == [
        [None, 20, None, 32],
        [None, 30, None, 48],
        [70, 60, 50, 180],
        [83, 110, 67, 260],
    ]


def test_what_stands_alone_is_hidden_with_its_totals():
    assert suppress([[0, 4], [0, 0]], people=[[0, 4], [0, 0]]) == [
        [0, None, None],
        [0, 0, 0],
        [0, None, None],
    ]


@pytest.mark.parametrize(("people", "hidden"), [(5, True), (6, False)])
def test_many_meetings_of_few_people_are_hidden(people, hidden):
    shown = suppress([[18, 40], [30, 90]], people=[[people, 12], [9, 30]])
    assert (shown[0][0] is None) == hidden
