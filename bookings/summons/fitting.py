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
LEAST = 0.2  # of a page: less than that on a sheet's last page and it is set smaller, to end a page sooner


@dataclass(frozen=True, slots=True)
class Measured:
    """How much of each of its pages a part takes, in mm."""

    pages: tuple[float, ...]

    @property
    def height(self) -> float:
        """Of all its pages together."""
        return sum(self.pages)

    def fits(self, part: FittedPart) -> bool:
        """Whether it has its room, and its last page is not nearly empty."""
        if part.pages:
            return len(self.pages) <= part.pages and max(self.pages) <= ROOM + HAIR
        return len(self.pages) == 1 or self.pages[-1] >= LEAST * ROOM


def first_size(part: FittedPart) -> int:
    """The size to begin with."""
    return _roomiest(part, _untried(part, {}), scale=1.0) or (len(part.guesses) if part.pages else 1)


def next_size(part: FittedPart, tried: Mapping[int, Measured]) -> int:
    """The size to try after those that have been laid out; one of them if there is nothing better to try."""
    good = min((size for size, measured in tried.items() if measured.fits(part)), default=0)
    known = good or max(tried)
    scale = tried[known].height / part.guesses[known - 1]
    if part.pages == 0:
        return good or _roomiest(part, _untried(part, tried), scale=scale) or _fullest(tried)
    bad = max((size for size in tried if not good or size < good), default=0)
    if good:
        return _roomiest(part, range(bad + 1, good), scale=scale, hope=HOPE) or good
    last = len(part.guesses)
    return _roomiest(part, range(bad + 1, last + 1), scale=scale) or min(bad + 1, last)


def _untried(part: FittedPart, tried: Mapping[int, Measured]) -> list[int]:
    return [size for size in range(1, len(part.guesses) + 1) if size not in tried]


def _fullest(tried: Mapping[int, Measured]) -> int:
    """The size with most on its last page."""
    return max(tried, key=lambda size: tried[size].pages[-1])


def _roomiest(part: FittedPart, sizes: Iterable[int], *, scale: float, hope: float = 0.0) -> int | None:
    """The first of these sizes that has room by its guess times the scale."""
    return next((size for size in sizes if _fits(part, part.guesses[size - 1] * scale - hope)), None)


def _fits(part: FittedPart, height: float) -> bool:
    if part.pages:
        return height <= ROOM * part.pages
    return height <= ROOM or height % ROOM >= LEAST * ROOM
