"""Hides the cells of fewer than LEAST people, and others beside them, so that none can be worked out; no database.

A cell counts the people of a site, a month, a sex ..., each told or not: what is not told is summed up. A small cell
is hidden together with those in which one or more of its parts are exchanged for the part beside it. Say that one
person more were in the small cell, one less where one part is exchanged, one more where two are, and so on: the
numbers of all other cells stay as they are, because a sum holds either none of these cells or as many that gain as that
lose. So no addition or subtraction of what is shown gives the small cell. (The hypercube method; Repsilber 1994.)

Each part of a dimension has a number, and a cell's number is the sum of those of its parts: exchanging a part is an
addition, which is what makes a country's year quick.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

LEAST = 6

Part = tuple[str, object]  # a dimension and its part
Cell = frozenset[Part]
Divided = Collection[frozenset[str]]  # the dimensions by which the people are divided, each way to do so
Parts = Mapping[str, Collection[object]]  # by dimension
Beside = Callable[
    [str, object], object | None
]  # the part that is hidden together with this one, if there is one


def is_small(people: int) -> bool:
    """Whether so few cannot be told; of nobody it can."""
    return 0 < people < LEAST


class Numbering:
    """The numbers of parts and of cells made of them."""

    def __init__(self, parts: Parts) -> None:
        self._dimensions: list[tuple[str, int, list[object]]] = []
        self.of: dict[Part, int] = {}
        step = 1
        for dimension, found in parts.items():
            ordered = sorted(found, key=str)
            self._dimensions.append((dimension, step, ordered))
            self.of.update({(dimension, part): place * step for place, part in enumerate(ordered, 1)})
            step *= len(ordered) + 1

    def number(self, cell: Iterable[Part]) -> int:
        return sum(self.of[part] for part in cell)

    def cell(self, number: int) -> Cell:
        """The cell of the number: `number` the other way round."""
        return frozenset(self._parts(number))

    def _parts(self, number: int) -> Iterator[Part]:
        for dimension, step, ordered in self._dimensions:
            if place := number // step % (len(ordered) + 1):
                yield dimension, ordered[place - 1]


def hidden_cells(people: Mapping[Cell, int], *, beside: Beside) -> set[Cell]:
    """The cells to be hidden; those with the fewest parts are looked at first. A cell that is missing has nobody."""
    divided = {frozenset(dimension for dimension, _part in cell) for cell in people}
    parts = _parts(people)
    numbering = Numbering(_with_those_beside(parts, beside))
    numbers = {numbering.number(cell): count for cell, count in people.items()}
    cube = Hypercube(numbers, divided, parts, numbering)
    return {numbering.cell(number) for number in cube.hidden(beside=beside)}


@dataclass(frozen=True, slots=True)
class Hypercube:
    """The people of each cell by its number, the ways in which they are divided, and the parts that occur."""

    people: Mapping[int, int]
    divided: Divided
    parts: Parts
    numbering: Numbering

    def hidden(self, *, beside: Beside) -> set[int]:
        """The numbers of the cells to be hidden."""
        small = {
            number: self.numbering.cell(number) for number, count in self.people.items() if is_small(count)
        }
        last = {dimension: max(found, key=str) for dimension, found in self.parts.items()}
        hidden: set[int] = set()
        for number in sorted(small, key=lambda number: (len(small[number]), self.people[number], number)):
            if number not in hidden:
                hidden.update(self._with_others(number, dict(small[number]), last, beside))
        return hidden

    def _with_others(
        self, number: int, own: dict[str, object], last: Mapping[str, object], beside: Beside
    ) -> Iterator[int]:
        """The cell, and all that would tell of it: they divide the people by each dimension that is exchanged.

        So would one that told of nobody where somebody might be.
        """
        of, steps, exchanged = self.numbering.of, {}, set()
        for dimension in self.parts:
            if dimension not in own:
                part = self._commonest(number, own, dimension, last)
                steps[dimension] = [of[dimension, part]]
            elif (other := beside(dimension, own[dimension])) is None:
                steps[dimension] = [of[dimension, own[dimension]]]
            else:
                steps[dimension] = [of[dimension, own[dimension]], of[dimension, other]]
                exchanged.add(dimension)
        for dimensions in self.divided:
            found = [0]
            for dimension in dimensions:
                found = [each + step for step in steps[dimension] for each in found]
            if dimensions >= exchanged:
                yield from found
            else:
                yield from (each for each in found if not self.people.get(each))

    def _commonest(
        self, number: int, own: Mapping[str, object], dimension: str, last: Mapping[str, object]
    ) -> object:
        """The part of a further dimension in which most of the cell's people are; the last where that is not known."""
        if {*own, dimension} not in self.divided:
            return last[dimension]
        people, of = self.people, self.numbering.of
        return max(
            self.parts[dimension],
            key=lambda part: (people.get(number + of[dimension, part], 0), str(part)),
        )


def _parts(cells: Iterable[Cell]) -> dict[str, list[object]]:
    """The parts that occur, by dimension."""
    found: dict[str, dict[object, None]] = {}
    for cell in cells:
        for dimension, part in cell:
            found.setdefault(dimension, {})[part] = None
    return {dimension: list(parts) for dimension, parts in found.items()}


def _with_those_beside(parts: Parts, beside: Beside) -> Parts:
    """Those that occur, and those beside them."""
    return {
        dimension: [
            part
            for part in dict.fromkeys([*found, *(beside(dimension, part) for part in found)])
            if part is not None
        ]
        for dimension, found in parts.items()
    }
