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

    def draw(self, cases: Iterable[Case], number: int) -> list[Case]:
        """The cases taken, in their order."""
        every = list(cases)
        if self.takes_all or number >= len(every):
            return every
        return [every[place] for place in sorted(Random(SEED).sample(range(len(every)), number))]
