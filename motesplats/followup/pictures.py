"""The country's months as bars of an SVG picture: the axis begins at 0, a hidden month has no height."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motesplats.followup.tables import Table

HEIGHT, STEP, WIDTH = 120, 64, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's count and its bar, in the units of the SVG's viewBox."""

    month: date
    count: int | None
    left: int
    height: int
    width: int = WIDTH

    @property
    def middle(self) -> int:
        return self.left + self.width // 2

    @property
    def top(self) -> int:
        return HEIGHT - self.height


def bars_of(table: Table) -> Iterator[Bar]:
    """A bar for each month; the tallest is HEIGHT high."""
    counts = table.country.counts
    most = max([count or 0 for count in counts])
    for place, (month, count) in enumerate(zip(table.months, counts, strict=True)):
        height = round(HEIGHT * (count or 0) / most) if most else 0
        yield Bar(month, count, left=place * STEP + (STEP - WIDTH) // 2, height=height)
