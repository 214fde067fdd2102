"""Bars of months with a mark for each month's goal, upright on a wide screen and lying on a narrow one; no Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

HEIGHT, TOP, LEFT, STEP, WIDTH = 320, 20, 56, 58, 36
ROW, NAME, LENGTH = 30, 36, 215
LINES = 4
FEWEST = 8  # bars for which there is room, so that a few are not drawn large


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's bar; lengths in the units of the picture. `count` None: hidden or nothing."""

    label: str
    under: str
    count: str
    length: float
    goal: float | None
    place: int
    is_strong: bool
    is_hidden: bool
    is_ahead: bool

    @property
    def kind(self) -> str:
        return "ahead" if self.is_ahead else "solid"

    @property
    def left(self) -> int:
        return LEFT + 10 + STEP * self.place

    @property
    def middle(self) -> float:
        return self.left + WIDTH / 2

    @property
    def top(self) -> float:
        return TOP + HEIGHT - self.length

    @property
    def goal_top(self) -> float | None:
        return None if self.goal is None else TOP + HEIGHT - self.goal

    @property
    def row_top(self) -> int:
        return 8 + ROW * self.place

    @property
    def row_length(self) -> float:
        return round(self.length * LENGTH / HEIGHT, 1)

    @property
    def row_goal(self) -> float | None:
        return None if self.goal is None else round(NAME + self.goal * LENGTH / HEIGHT, 1)


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole picture: bars, and lines with their numbers."""

    bars: Sequence[Bar]
    lines: Sequence[tuple[int, float]]

    @property
    def width(self) -> int:
        return LEFT + 20 + STEP * max(FEWEST, len(self.bars))

    @property
    def row_height(self) -> int:
        return 16 + ROW * len(self.bars)


@dataclass(frozen=True, slots=True)
class Month:
    """What a bar is drawn from: numbers, and how they are written."""

    label: str
    under: str
    count: float | None
    written: str
    goal: float | None = None
    is_strong: bool = False
    is_hidden: bool = False
    is_ahead: bool = False


def bars_of(months: Sequence[Month]) -> Bars:
    """The bars on a scale that begins at 0 and ends at a round number."""
    top = round_up(max([0, *(month.count or 0 for month in months), *(month.goal or 0 for month in months)]))
    bars = [
        Bar(
            month.label,
            month.under,
            month.written,
            round(HEIGHT * (month.count or 0) / top, 1),
            None if month.goal is None else round(HEIGHT * month.goal / top, 1),
            place,
            month.is_strong,
            month.is_hidden,
            month.is_ahead,
        )
        for place, month in enumerate(months)
    ]
    lines = [(round(top * n / LINES), TOP + HEIGHT - HEIGHT * n / LINES) for n in range(LINES + 1)]
    return Bars(bars, lines)


def round_up(number: float) -> int:
    """The next of 4, 8, 20, 40, 80, 200 ...: a fourth of it is whole."""
    if number <= LINES:
        return LINES
    power: int = 10 ** int(log10(number / LINES))
    return next(LINES * power * step for step in (1, 2, 5, 10) if LINES * power * step >= ceil(number))
