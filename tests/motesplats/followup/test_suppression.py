"""Nobody can work out a small cell by adding and subtracting what is shown, knowing where there is nobody."""

from collections.abc import Iterable, Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motesplats.followup.suppression import LEAST, Cell, hidden_cells, is_small
from tests.motesplats.followup.attack import Attack

SITES, MONTHS = ["a", "b", "c"], [1, 2, 3]
KINDS: dict[str, list[Any]] = {"sex": ["F", "M", "U"], "age": ["0-17", "18-64"], "track": ["1", "2"]}
PARTS: dict[str, list[Any]] = {"site": SITES, "month": MONTHS, **KINDS}
DIVIDED = [
    (*place, *kind)
    for place in ((), ("site",), ("month",), ("site", "month"))
    for kind in ((), ("sex",), ("age",), ("sex", "age"), ("track",))
]
Atom = dict[str, object]
ATOMS: list[Atom] = [dict(zip(PARTS, parts, strict=True)) for parts in product(*PARTS.values())]


def beside(dimension: str, part: object) -> object | None:
    """The next part in its list, the last one's is the first; the last month has none."""
    if dimension == "month":
        return {1: 2, 2: 1, 3: None}[part]  # type: ignore[index]
    first, second, *_rest = PARTS[dimension]
    return second if part == first else first


def cells_of(counts: list[int]) -> dict[Cell, int]:
    """Every cell that is told when nothing is hidden, by the counts of the atoms."""
    found: dict[Cell, int] = {}
    for dimensions in DIVIDED:
        for parts in product(*(PARTS[dimension] for dimension in dimensions)):
            found[frozenset(zip(dimensions, parts, strict=True))] = 0
        for atom, count in zip(ATOMS, counts, strict=True):
            found[frozenset((dimension, atom[dimension]) for dimension in dimensions)] += count
    return found


def worked_out(people: dict[Cell, int], hidden: set[Cell]) -> Iterator[Cell]:
    """The small cells that are sums and differences of shown ones, without the atoms that are known to be 0."""
    shown = sorted(people.keys() - hidden, key=lambda cell: (len(cell), sorted(map(str, cell))))
    zeros = [i for cell in shown if not people[cell] for i in atoms_in(cell)]
    attack = Attack(map(atoms_in, shown), zeros=zeros)
    for cell, count in people.items():
        if is_small(count) and attack.gives(atoms_in(cell)):
            yield cell


def atoms_in(cell: Cell) -> Iterable[int]:
    return [i for i, atom in enumerate(ATOMS) if all(atom[dimension] == part for dimension, part in cell)]


def drawn(seed: int, most: int, emptiness: float) -> list[int]:
    dice = Random(seed)
    return [0 if dice.random() < emptiness else dice.randint(0, most) for _atom in ATOMS]


@settings(max_examples=25)
@given(
    seed=st.integers(0, 10**6),
    most=st.sampled_from([1, 3, 12, 40]),
    emptiness=st.sampled_from([0.1, 0.5, 0.9, 0.97]),
)
def test_no_small_cell_is_worked_out(seed, most, emptiness):
    people = cells_of(drawn(seed, most, emptiness))
    hidden = hidden_cells(people, beside=beside)
    assert [cell for cell, count in people.items() if is_small(count) and cell not in hidden] == []
    assert list(worked_out(people, hidden)) == []


def test_the_attack_finds_a_cell_that_is_hidden_alone():
    people = cells_of(drawn(1, 40, 0.0))
    alone: Cell = frozenset({("site", "a"), ("month", 1), ("sex", "U")})
    people[alone] = 3
    assert alone in list(worked_out(people, {alone}))


def test_where_nobody_is_few_nothing_is_hidden():
    people = cells_of([LEAST] * len(ATOMS))
    assert hidden_cells(people, beside=beside) == set()


def test_a_small_site_hides_another_and_not_the_country():
    counts = [1 if atom == ATOMS[0] else 0 if atom["site"] == "a" else 9 for atom in ATOMS]
    hidden = hidden_cells(cells_of(counts), beside=beside)
    assert {frozenset({("site", "a")}), frozenset({("site", "b")})} <= hidden
    assert frozenset({("site", "c")}) not in hidden
    assert frozenset() not in hidden


@pytest.mark.parametrize(("people", "small"), [(0, False), (1, True), (5, True), (6, False)])
def test_fewer_than_six_are_few_and_nobody_is_not(people, small):
    assert is_small(people) is small
