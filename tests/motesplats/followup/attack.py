"""Tries to work out numbers by adding and subtracting others: linear algebra over a large prime."""

from collections.abc import Iterable

PRIME = 2**61 - 1
Vector = dict[int, int]


class Attack:
    """What is known: sums of unknown numbers, each sum by the places of its unknowns."""

    def __init__(self, known: Iterable[Iterable[int]], *, zeros: Iterable[int] = ()) -> None:
        """`zeros`: the places of unknowns that are known to be 0."""
        self.zeros = set(zeros)
        self.basis: dict[int, Vector] = {}
        for places in known:
            if rest := self._rest(places):
                pivot = min(rest)
                factor = pow(rest[pivot], -1, PRIME)
                self.basis[pivot] = {place: value * factor % PRIME for place, value in rest.items()}

    def gives(self, places: Iterable[int]) -> bool:
        """Whether the sum of these unknowns is a combination of the known sums."""
        return not self._rest(places)

    def _rest(self, places: Iterable[int]) -> Vector:
        """The sum, less all of it that is known."""
        row: Vector = dict.fromkeys((place for place in places if place not in self.zeros), 1)
        for pivot in sorted(self.basis):
            if factor := row.get(pivot):
                for place, value in self.basis[pivot].items():
                    row[place] = (row.get(place, 0) - factor * value) % PRIME
                    if not row[place]:
                        del row[place]
        return row


def with_nobody(
    known: Iterable[Iterable[int]], empty: Iterable[Iterable[int]], *, zeros: Iterable[int] = ()
) -> Attack:
    """The attack of somebody who also works out where there is nobody: of `empty` sums, those that are given.

    Nobody is less than nobody: where a sum is 0, all of its unknowns are.
    """
    sums, hidden, nobody = [list(places) for places in known], [list(places) for places in empty], set(zeros)
    while True:
        attack = Attack(sums, zeros=nobody)
        found = {place for places in hidden if attack.gives(places) for place in places} - nobody
        if not found:
            return attack
        nobody |= found
