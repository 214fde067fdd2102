"""Chooses the size of type of each part of a letter: the largest that has room. Pure.

A guess comes first; what a layout then measures corrects it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bookings.summons.printable import FittedPart

ROOM = 274.0  # mm of a page between its margins
HOPE = (
    1.0  # mm that a guess may be too high: a larger size is tried although it seems not to fit by so little
)
HAIR = 0.3  # mm: what a rounding may add
LEAST = 0.25  # of a page: less than that on a sheet's last page and it is set smaller, to end a page sooner


@dataclass(frozen=True, slots=True)
class Measured:
    """How much of each of its pages a part takes, in mm."""

    pages: tuple[float, ...]

    @property
    def height(self) -> float:
        """Of all its pages together."""
        return sum(self.pages)

    @property
    def is_one(self) -> bool:
        """Whether it has the room of one page."""
        return len(self.pages) == 1 and self.pages[0] <= ROOM + HAIR

    @property
    def ends_well(self) -> bool:
        """Whether its last page is not nearly empty."""
        return self.is_one or self.pages[-1] >= LEAST * ROOM


def first_size(part: FittedPart) -> int:
    """The size to begin with."""
    return _roomiest(part, _every(part)) or (1 if part.may_go_on else len(part.guesses))


def next_size(part: FittedPart, tried: Mapping[int, Measured]) -> int:
    """The size to try after those that have been laid out; one of them if there is nothing better to try."""
    return _next_of_many(part, tried) if part.may_go_on else _next_of_one(part, tried)


def _next_of_one(part: FittedPart, tried: Mapping[int, Measured]) -> int:
    good = min((size for size, measured in tried.items() if measured.is_one), default=0)
    bad = max((size for size in tried if not good or size < good), default=0)
    known = good or max(tried)
    scale = tried[known].height / part.guesses[known - 1]
    if good:
        return _roomiest(part, range(bad + 1, good), scale=scale, hope=HOPE) or good
    last = len(part.guesses)
    return _roomiest(part, range(bad + 1, last + 1), scale=scale) or min(bad + 1, last)


def _next_of_many(part: FittedPart, tried: Mapping[int, Measured]) -> int:
    """One page, else as many as the largest size takes, else what has most on its last page."""
    alone = [size for size, measured in tried.items() if measured.is_one]
    if alone:
        return min(alone)
    if 1 not in tried or tried[1].ends_well:
        return 1
    untried = (size for size in _every(part) if size not in tried)
    return next(untried, max(tried, key=lambda size: tried[size].pages[-1]))


def _every(part: FittedPart) -> range:
    return range(1, len(part.guesses) + 1)


def _roomiest(part: FittedPart, sizes: Iterable[int], *, scale: float = 1.0, hope: float = 0.0) -> int | None:
    """The first of these sizes that has the room of one page by its guess times the scale."""
    return next((size for size in sizes if part.guesses[size - 1] * scale - hope <= ROOM), None)
