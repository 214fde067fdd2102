"""The country's months as bars: each begins at nothing, a hidden one is not drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from motesplats.followup.tables import Table

HEIGHT, STEP, WIDTH = 120, 64, 40


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a month's bar stands, in the picture's own measure."""

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
    """A bar for each month, the tallest as high as the picture."""
    counts = table.country.counts
    most = max([count or 0 for count in counts])
    for place, (month, count) in enumerate(zip(table.months, counts, strict=True)):
        height = round(HEIGHT * (count or 0) / most) if most else 0
        yield Bar(month, count, left=place * STEP + (STEP - WIDTH) // 2, height=height)
