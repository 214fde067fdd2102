"""Hides the cells of fewer than LEAST people, and others beside them, so that none can be worked out; no database.

A cell counts the people of a site, a month, a sex ..., each told or not: what is not told is summed up. A small cell
is hidden together with those in which one or more of its parts are exchanged for the part beside it. Say that one
person more were in the small cell, one less where one part is exchanged, one more where two are, and so on: the
numbers of all other cells stay as they are, because a sum holds either none of these cells or as many that gain as that
lose. So no addition or subtraction of what is shown gives the small cell. (The hypercube method; Repsilber 1994.)
It does not hide what follows where a sum is worked out to be 0, and so nobody is in any part of it: in a table with
many empty cells that may still tell of a few.

Each part of a dimension has a number, and a cell's number is the sum of those of its parts: exchanging a part is an
addition, which is what makes a country's year quick.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import filterfalse
from typing import Any, Protocol

LEAST = 6

Part = tuple[str, object]  # a dimension and its part
Cell = frozenset[Part]
Divided = Collection[frozenset[str]]  # the dimensions by which the people are divided, each way to do so
Division = tuple[frozenset[str], int, Collection[str]]  # by what it divides: as an earlier one, and by more
Parts = Mapping[str, Collection[object]]  # by dimension
# The part that is hidden together with this one, if there is one.
Beside = Callable[[str, object], object | None]
# Parts of a dimension, and whether the first is exchanged for the others.
Exchange = tuple[list[object], bool]
Atom = Mapping[str, object]  # of each dimension one part


class Around(Protocol):
    """What is hidden around a small cell."""

    in_order: Collection[str]  # the dimensions that go on: of them the first part with anybody counts

    def looked_at(self, small: Mapping[int, Cell], hidden: Collection[int]) -> Iterable[tuple[int, Cell]]:
        """The cells around which others are hidden, one after the other; `hidden`: those that are hidden by then."""
        ...

    def one_of(self, dimension: str, people: Mapping[object, int], atom: Atom) -> object:
        """The part of a further dimension that is looked at; `people`: how many of the cell's are in each."""
        ...

    def exchanges(self, own: Atom, atom: Atom) -> dict[str, Exchange]:
        """The parts that are taken of each dimension of the cell; `atom`: a part of each, with some of its people."""
        ...


class Fixed:
    """Each part is exchanged for the same other one, wherever it is."""

    in_order: Collection[str] = ()

    def __init__(self, beside: Beside) -> None:
        self._beside = beside

    def looked_at(self, small: Mapping[int, Cell], hidden: Collection[int]) -> Iterable[tuple[int, Cell]]:
        ordered = sorted(small, key=lambda number: (len(small[number]), number))
        return ((number, small[number]) for number in ordered if number not in hidden)

    def one_of(self, dimension: str, people: Mapping[object, int], atom: Atom) -> object:
        return most_first(people)[0]

    def exchanges(self, own: Atom, atom: Atom) -> dict[str, Exchange]:
        others = {dimension: self._beside(dimension, part) for dimension, part in own.items()}
        return {dimension: exchange(part, others[dimension]) for dimension, part in own.items()}


def most_first(people: Mapping[object, int]) -> list[object]:
    """The parts, those with most people first."""
    return sorted(people, key=lambda part: (people[part], str(part)), reverse=True)


def exchange(part: object, other: object | None) -> Exchange:
    """The part with the other one, or alone where there is none."""
    return ([part], False) if other is None else ([part, other], True)


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
    return {numbering.cell(number) for number in cube.hidden(Fixed(beside), cube.small())}


@dataclass(frozen=True, slots=True)
class Hypercube:
    """The people of each cell by its number, the ways in which they are divided, and the parts that occur."""

    people: Mapping[int, int]
    divided: Divided
    parts: Parts
    numbering: Numbering

    def small(self) -> dict[int, Cell]:
        """The small cells by their numbers."""
        return {
            number: self.numbering.cell(number) for number, count in self.people.items() if is_small(count)
        }

    def hidden(self, around: Around, small: Mapping[int, Cell]) -> set[int]:
        """The numbers of the cells to be hidden: of the small ones and of those around them."""
        last = {dimension: max(found, key=str) for dimension, found in self.parts.items()}
        somebody = {number for number, count in self.people.items() if count}
        divided = _from_fewest(self.divided)
        hidden: set[int] = set()
        for number, cell in around.looked_at(small, hidden):
            telling, others = self._with_others(number, dict(cell), last, around, divided)
            hidden.update(telling)
            hidden.update(filterfalse(somebody.__contains__, others))
        return hidden

    def _with_others(
        self, number: int, own: dict[str, object], last: Atom, around: Around, divided: list[Division]
    ) -> tuple[list[int], list[int]]:
        """The cell, and all that would tell of it: they divide the people by each dimension that is exchanged.

        So would one of the others (the second list) that told of nobody where somebody might be.
        """
        of = self.numbering.of
        atom = own | self._chosen(number, own, last, around)
        taken = around.exchanges(own, atom)
        steps = {
            dimension: [of[dimension, part] for part in taken[dimension][0]]
            if dimension in taken
            else [of[dimension, atom[dimension]]]
            for dimension in self.parts
        }
        exchanged = {dimension for dimension, (_parts, is_exchanged) in taken.items() if is_exchanged}
        sums, telling, others = [[0]], list[int](), list[int]()
        for dimensions, fewer, further in divided:
            found = sums[fewer]
            for dimension in further:
                found = [each + step for step in steps[dimension] for each in found]
            sums.append(found)
            (telling if dimensions >= exchanged else others).extend(found)
        return telling, others

    def _chosen(self, number: int, own: Atom, last: Atom, around: Around) -> dict[str, object]:
        """A part of each further dimension in which some of the cell's people are."""
        chosen: dict[str, object] = {}
        for dimension in around.in_order:
            if dimension in self.parts and dimension not in own:
                chosen[dimension] = self._first(number, dimension)
                number += self.numbering.of[dimension, chosen[dimension]]
        known = {**own, **chosen}
        for dimension in self.parts:
            if dimension not in known:
                chosen[dimension] = (
                    around.one_of(dimension, self._people_by(dimension, number), known)
                    if {*known, dimension} in self.divided
                    else last[dimension]
                )
        return chosen

    def _first(self, number: int, dimension: str) -> object:
        """The first part of the dimension in which any of the cell's people are."""
        ordered: list[Any] = [*self.parts[dimension]]
        ordered.sort()
        found = (part for part in ordered if self.people.get(number + self.numbering.of[dimension, part]))
        return next(found, ordered[-1])

    def _people_by(self, dimension: str, number: int) -> dict[object, int]:
        """How many of the cell's people are in each part."""
        of = self.numbering.of
        return {part: self.people.get(number + of[dimension, part], 0) for part in self.parts[dimension]}


def _from_fewest(divided: Divided) -> list[Division]:
    """The ways to divide, each with the place of one before it (0: none) to which some dimensions are added."""
    known, ordered = [frozenset[str]()], list[Division]()
    for dimensions in sorted(divided, key=lambda found: (len(found), sorted(found))):
        fewer = max(
            (place for place, found in enumerate(known) if found <= dimensions), key=lambda at: len(known[at])
        )
        known.append(dimensions)
        ordered.append((dimensions, fewer, tuple(dimensions - known[fewer])))
    return ordered


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
