"""Small counts are hidden, and as few others with them as it takes that no hidden one can be worked out.

A table with its totals is a flow that goes round: a count leads from its row to its column, a column's total on to the
foot, the grand total from there to the side, a row's total back to its row. A hidden count could as well be another one
exactly when a round of hidden cells leads through it: onwards each holds one more, backwards one less. Nothing is
never hidden, because it tells of nobody; so everybody knows that a hidden cell holds at least one, and a one has no way
back. Small cells and those hidden for their sake look the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

LEAST = 6

Counts = Sequence[Sequence[int]]
Cell = tuple[int, int]
Steps = Mapping[int, list[tuple[int, Cell]]]


def suppress(counts: Counts, *, people: Counts) -> list[list[int | None]]:
    """The table with its totals last; None where the count or the people behind it are few."""
    table, behind = with_totals(counts), with_totals(people)
    held = {(i, j): count for i, row in enumerate(table) for j, count in enumerate(row) if count}
    small = [(i, j) for (i, j), count in held.items() if min(count, behind[i][j]) < LEAST]
    steps = _steps(held, foot=len(table) - 1, side=len(table[0]) - 1)
    hidden = set(small)
    for cell in small:
        hidden.update(_round(cell, steps, {other: held[other] for other in held.keys() - hidden}))
    return [
        [None if (i, j) in hidden else count for j, count in enumerate(row)] for i, row in enumerate(table)
    ]


def with_totals(counts: Counts) -> list[list[int]]:
    """The counts, each row with its total, and the row of totals."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _steps(held: Mapping[Cell, int], *, foot: int, side: int) -> Steps:
    """From each row and column (which are numbered downwards from -1) where its cells lead."""
    steps = defaultdict(list)
    for (i, j), count in held.items():
        start, end = (i, ~j) if (i == foot) == (j == side) else (~j, i)
        steps[start].append((end, (i, j)))
        if count > 1:
            steps[end].append((start, (i, j)))
    return steps


def _round(cell: Cell, steps: Steps, costs: Mapping[Cell, int]) -> tuple[Cell, ...]:
    """The cells of the round through this one that hides least; there is always one, over the totals."""
    ends = (cell[0], ~cell[1])
    ways = [
        _way(end, start, steps, costs, shut=cell)
        for start in ends
        for end, over in steps[start]
        if over == cell
    ]
    return min(way for way in ways if way)[1]


def _way(
    start: int, end: int, steps: Steps, costs: Mapping[Cell, int], *, shut: Cell
) -> tuple[int, tuple[Cell, ...]] | None:
    """The way from start to end that hides least, not over the shut cell: what it hides, and its cells."""
    heap: list[tuple[int, int, tuple[Cell, ...]]] = [(0, start, ())]
    passed = set()
    while heap:
        cost, here, way = heappop(heap)
        if here == end:
            return cost, way
        if here not in passed:
            passed.add(here)
            for there, cell in steps[here]:
                if cell != shut:
                    heappush(heap, (cost + costs.get(cell, 0), there, (*way, cell)))
    return None
