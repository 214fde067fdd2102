"""The three bands of handling times in whole per cent, and their picture; without the database."""

from collections.abc import Sequence
from dataclasses import dataclass

ROW, BAR, TOP = 62, 30, 24
TEXT_OUTSIDE = 40  # a band narrower than this has its number beside it


@dataclass(frozen=True, slots=True)
class Shares:
    """Whole per cent within 1-7, 8-30 and over 30 days; the one in the middle is the rest up to 100."""

    first: int
    last: int

    @property
    def middle(self) -> int:
        return 100 - self.first - self.last

    @property
    def all(self) -> tuple[int, int, int]:
        return self.first, self.middle, self.last


def shares_of(counts: Sequence[int | None]) -> Shares | None:
    """The shares of three counts; None where one is hidden or there is nothing to divide by."""
    known = [count for count in counts if count is not None]
    total = sum(known)
    if len(known) < len(counts) or not total:
        return None
    first = _percent(known[0], total)
    return Shares(first, min(_percent(known[-1], total), 100 - first))


def _percent(part: int, total: int) -> int:
    """Rounded half up."""
    return (200 * part + total) // (2 * total)


@dataclass(frozen=True, slots=True)
class Band:
    """A rectangle with its number: where it begins, how wide it is, where its text stands; all as SVG wants them."""

    kind: str
    x: str
    width: str
    text_x: str
    is_inside: bool
    percent: int

    @property
    def text_class(self) -> str:
        """White within the dark band."""
        return "in" if self.kind == "b0" and self.is_inside else "v"

    @property
    def anchor(self) -> str:
        return "middle" if self.is_inside else "start"


@dataclass(frozen=True, slots=True)
class BandRow:
    """A bar of three bands under its name."""

    name: str
    name_y: int
    bar_y: int
    text_y: int
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class BandChart:
    """Bars below each other; `kind`: for which width of screen it is drawn."""

    kind: str
    width: int
    height: int
    rows: tuple[BandRow, ...]

    @property
    def foot(self) -> int:
        return self.height - 6


def charts_of(named: Sequence[tuple[str, Shares]]) -> tuple[BandChart, BandChart]:
    """The picture for a desk and for a telephone."""
    return _chart("only-wide", 600, named), _chart("only-narrow", 328, named)


def _chart(kind: str, width: int, named: Sequence[tuple[str, Shares]]) -> BandChart:
    rows = tuple(
        BandRow(name, 16 + n * ROW, TOP + n * ROW, TOP + n * ROW + 20, tuple(_bands(shares, width - 34)))
        for n, (name, shares) in enumerate(named)
    )
    return BandChart(kind, width, len(rows) * ROW + 22, rows)


def _bands(shares: Shares, width: int) -> list[Band]:
    found, x = [], 0.5
    for n, percent in enumerate(shares.all):
        wide = width * percent / 100
        is_inside = wide >= TEXT_OUTSIDE
        text_x = x + wide / 2 if is_inside else x + wide + 4
        # Only what stands last has room beside it.
        if percent and (is_inside or n == len(shares.all) - 1):
            found.append(Band(f"b{n}", f"{x:.1f}", f"{wide:.1f}", f"{text_x:.1f}", is_inside, percent))
        elif percent:
            found.append(Band(f"b{n}", f"{x:.1f}", f"{wide:.1f}", "", False, percent))
        x += wide
    return found
