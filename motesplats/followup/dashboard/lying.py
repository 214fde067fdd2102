"""Lying bars, each below its name; no Django."""

from collections.abc import Sequence
from dataclasses import dataclass

ROW, LENGTH = (
    43,
    {"only-wide": (600, 545), "only-narrow": (328, 270)},
)  # the picture's width, the longest bar's


@dataclass(frozen=True, slots=True)
class LyingBar:
    """A bar with its name and number, in the units of the picture."""

    name: str
    written: str
    length: float
    top: int

    @property
    def end(self) -> float:
        """Where the number stands."""
        return round(self.length + 8, 1)


@dataclass(frozen=True, slots=True)
class LyingBars:
    """The picture for one width of screen, `kind`."""

    kind: str
    width: int
    bars: Sequence[LyingBar]

    @property
    def height(self) -> int:
        return ROW * len(self.bars)


def lying_of(bars: Sequence[tuple[str, float | None, str]]) -> list[LyingBars]:
    """The picture for a desk and for a telephone, of names with numbers and how these are written."""
    most = max([number or 0 for _name, number, _written in bars], default=0) or 1
    return [
        LyingBars(
            kind,
            width,
            [
                LyingBar(name, written, round(longest * (number or 0) / most, 1), ROW * place)
                for place, (name, number, written) in enumerate(bars)
            ],
        )
        for kind, (width, longest) in LENGTH.items()
    ]
