"""Hides counts below LEAST, and as little else as it takes that no hidden count can be worked out.

A table with its totals is a circulation: a count flows from its row to its column, a column's total on to the foot, the
grand total from there to the side, and a row's total back to its row. A hidden count could have another value exactly
if a cycle of hidden cells leads through it: each cell along the cycle then gains one, each against its direction loses
one. A count of 0 is never hidden, because it tells of nobody; a hidden cell is thus known to hold at least 1, and a 1
cannot lose one. Small cells and those hidden for their sake look the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

LEAST = 6

Counts = Sequence[Sequence[int]]
Cell = tuple[int, int]
Steps = Mapping[int, list[tuple[int, Cell]]]


def suppress(counts: Counts, *, people: Counts) -> list[list[int | None]]:
    """The table with its totals last; None where a count is hidden. `people` are those behind each count."""
    table, behind = with_totals(counts), with_totals(people)
    held = {(i, j): count for i, row in enumerate(table) for j, count in enumerate(row) if count}
    small = [(i, j) for (i, j), count in held.items() if min(count, behind[i][j]) < LEAST]
    steps = _steps(held, foot=len(table) - 1, side=len(table[0]) - 1)
    hidden = set(small)
    for cell in small:
        hidden.update(_cycle(cell, steps, {other: held[other] for other in held.keys() - hidden}))
    return [
        [None if (i, j) in hidden else count for j, count in enumerate(row)] for i, row in enumerate(table)
    ]


def with_totals(counts: Counts) -> list[list[int]]:
    """The counts, each row with its total, and the row of totals."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _steps(held: Mapping[Cell, int], *, foot: int, side: int) -> Steps:
    """For each row, and each column as its complement (-1, -2 ...), the nodes that its cells lead to."""
    steps = defaultdict(list)
    for (i, j), count in held.items():
        start, end = (i, ~j) if (i == foot) == (j == side) else (~j, i)
        steps[start].append((end, (i, j)))
        if count > 1:
            steps[end].append((start, (i, j)))
    return steps


def _cycle(cell: Cell, steps: Steps, costs: Mapping[Cell, int]) -> tuple[Cell, ...]:
    """The cells of the cycle through this cell that hides least; there always is one, over the totals."""
    ends = (cell[0], ~cell[1])
    paths = [
        _cheapest_path(end, start, steps, costs, excluded=cell)
        for start in ends
        for end, over in steps[start]
        if over == cell
    ]
    return min(path for path in paths if path)[1]


def _cheapest_path(
    start: int, end: int, steps: Steps, costs: Mapping[Cell, int], *, excluded: Cell
) -> tuple[int, tuple[Cell, ...]] | None:
    """The path from start to end, without the excluded cell, that hides least (Dijkstra): its cost and its cells."""
    heap: list[tuple[int, int, tuple[Cell, ...]]] = [(0, start, ())]
    visited = set()
    while heap:
        cost, here, path = heappop(heap)
        if here == end:
            return cost, path
        if here not in visited:
            visited.add(here)
            for there, cell in steps[here]:
                if cell != excluded:
                    heappush(heap, (cost + costs.get(cell, 0), there, (*path, cell)))
    return None
