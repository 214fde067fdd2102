"""Cases drawn by lot, always the same: script/test takes some of a long matrix, script/drill all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Case = TypeVar("Case")
SEED = 9


@dataclass(frozen=True)
class Lot:
    """Whether all cases are taken, or so many of them as a test says."""

    takes_all: bool = False

    def draw(self, cases: Iterable[Case], number: int, *, of: str = "") -> list[Case]:
        """The cases taken, in their order; of the small matrices of a kind each is drawn by its own name."""
        every = list(cases)
        if self.takes_all or number >= len(every):
            return every
        lot = Random(f"{SEED} {of}" if of else SEED)
        return [every[place] for place in sorted(lot.sample(range(len(every)), number))]
