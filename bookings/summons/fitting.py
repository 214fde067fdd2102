"""Chooses the size of type of each part of a letter: the largest that has room. Pure.

A guess comes first; what a layout then measures corrects it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bookings.summons.printable import Part

ROOM = 273.0  # mm of a page between its margins
HOPE = 1.0  # mm that a guess may be too high: a larger size is tried although it seems not to fit by so little
HAIR = 0.3  # mm: what a rounding may add
LEAST = 0.3  # of a page: less than that on a sheet's last page and it is set smaller, to end a page sooner


@dataclass(frozen=True, slots=True)
class Measured:
    """How much of each of its pages a part takes, in mm."""

    pages: tuple[float, ...]

    @property
    def height(self) -> float:
        """Of all its pages together."""
        return sum(self.pages)

    def fits(self, part: Part) -> bool:
        if part.pages:
            return len(self.pages) <= part.pages and max(self.pages) <= ROOM + HAIR
        return len(self.pages) == 1 or self.pages[-1] >= LEAST * ROOM


def first_size(part: Part) -> int:
    """The size to begin with."""
    return _roomiest(part, 1, len(part.guesses), scale=1.0) or len(part.guesses)


def next_size(part: Part, tried: Mapping[int, Measured]) -> int:
    """The size to try after those that have been laid out; one of them if there is nothing better to try."""
    good = [size for size, measured in tried.items() if measured.fits(part)]
    bad = [size for size in tried if size not in good]
    best = min(good, default=len(part.guesses) + 1)
    known = min(tried, key=lambda size: abs(size - best))
    scale = tried[known].height / part.guesses[known - 1]
    least = max((size for size in bad if size < best), default=0)
    hope = HOPE if good else 0.0
    better = _roomiest(part, least + 1, best - 1, scale=scale, hope=hope)
    if better:
        return better
    return best if good else min(least + 1, len(part.guesses))


def _roomiest(part: Part, first: int, last: int, *, scale: float, hope: float = 0.0) -> int | None:
    """The first of these sizes that has room by its guess times the scale."""
    sizes = range(first, last + 1)
    return next((s for s in sizes if _fits(part, part.guesses[s - 1] * scale - hope)), None)


def _fits(part: Part, height: float) -> bool:
    if part.pages:
        return height <= ROOM * part.pages
    return height <= ROOM or height % ROOM >= LEAST * ROOM
