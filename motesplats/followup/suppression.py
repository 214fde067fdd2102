"""Hides the cells of fewer than LEAST people, and others beside them, so that none can be worked out; no database.

A cell counts the people of a site, a month, a sex ..., each told or not: what is not told is summed up. A small cell
is hidden together with those in which one or more of its parts are exchanged for the part beside it. Say that one
person more were in the small cell, one less where one part is exchanged, one more where two are, and so on: the
numbers of all other cells stay as they are, because a sum holds either none of these cells or as many that gain as that
lose. So no addition or subtraction of what is shown gives the small cell. (The hypercube method; Repsilber 1994.)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

LEAST = 6

Part = tuple[str, object]  # a dimension and its part
Cell = frozenset[Part]
Beside = Callable[
    [str, object], object | None
]  # the part that is hidden together with this one, if there is one


def is_small(people: int) -> bool:
    """Whether so few cannot be told; of nobody it can."""
    return 0 < people < LEAST


def hidden_cells(people: Mapping[Cell, int], *, beside: Beside) -> set[Cell]:
    """The cells to be hidden; those with the fewest parts are looked at first. A cell that is missing has nobody."""
    divided = {frozenset(dimension for dimension, _part in cell) for cell in people}
    parts = _parts(people)
    hidden: set[Cell] = set()
    for cell in sorted(people, key=lambda cell: (len(cell), people[cell], sorted(map(str, cell)))):
        if is_small(people[cell]) and cell not in hidden:
            hidden.update(_with_others(cell, people, divided, parts, beside))
    return hidden


def _with_others(
    cell: Cell,
    people: Mapping[Cell, int],
    divided: Iterable[frozenset[str]],
    parts: Mapping[str, list[object]],
    beside: Beside,
) -> Iterator[Cell]:
    """The cell, and all that would tell of it: they divide the people by each dimension that is exchanged.

    So would one that told of nobody where somebody might be.
    """
    own = dict(cell)
    others = {dimension: beside(dimension, part) for dimension, part in cell}
    exchanged = [dimension for dimension, other in others.items() if other is not None]
    within = {
        dimension: own.get(dimension) or _commonest(cell, dimension, people, parts) for dimension in parts
    }
    for chosen in product(*([own[dimension], others[dimension]] for dimension in exchanged)):
        corner = within | dict(zip(exchanged, chosen, strict=True))
        for dimensions in divided:
            found = frozenset((dimension, corner[dimension]) for dimension in dimensions)
            if dimensions.issuperset(exchanged) or not people.get(found):
                yield found


def _commonest(
    cell: Cell, dimension: str, people: Mapping[Cell, int], parts: Mapping[str, list[object]]
) -> object:
    """The part of a further dimension in which most of the cell's people are."""
    return max(parts[dimension], key=lambda part: (people.get(cell | {(dimension, part)}, 0), str(part)))


def _parts(cells: Iterable[Cell]) -> dict[str, list[object]]:
    """The parts that occur, by dimension."""
    found: dict[str, dict[object, None]] = {}
    for cell in cells:
        for dimension, part in cell:
            found.setdefault(dimension, {})[part] = None
    return {dimension: list(parts) for dimension, parts in found.items()}
