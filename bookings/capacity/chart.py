"""The weeks ahead as a picture: places and booked parties as bars, what is expected as a line in its span. Pure.

Numbers are units of the SVG's viewBox, downwards from the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bookings.capacity.days import WeekAhead

STEP, BAR, LEFT = 58, 38, 46
TOP, FOOT = 24, 382
LABELS = 52  # below the foot
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
LINES = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A week's bars from `left`, and the heights of its line and its span; None: nothing is expected."""

    week: WeekAhead
    left: float
    places: float
    booked: float
    likely: float | None
    sign: float  # where the number of missing places stands

    @property
    def middle(self) -> float:
        return self.left + BAR / 2

    @property
    def places_height(self) -> float:
        return round(FOOT - self.places, 1)

    @property
    def booked_height(self) -> float:
        return round(FOOT - self.booked, 1)

    @property
    def has_room_for_number(self) -> bool:
        return self.booked_height >= 18


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws; `lines`: the scale's numbers with their height, the rest are points of SVG."""

    width: int
    columns: tuple[Column, ...]
    lines: tuple[tuple[int, float], ...]
    band: tuple[str, ...]
    lowest: tuple[str, ...]
    highest: tuple[str, ...]
    likely: tuple[str, ...]
    bar: int = BAR
    foot: int = FOOT
    height: int = FOOT + LABELS

    @property
    def right(self) -> int:
        return self.width - 8


def chart_of(weeks: Sequence[WeekAhead]) -> Chart:
    """The picture; weeks of which nobody has said anything interrupt the line."""
    most = max([1, *(max(week.places, week.parties, *week.span) for week in weeks)])
    step = next((step for step in STEPS if most <= step * LINES), STEPS[-1])
    top = step * -(-most // step)

    def height(number: float) -> float:
        return round(FOOT - number * (FOOT - TOP) / top, 1)

    columns = []
    for place, week in enumerate(weeks):
        left = LEFT + 10 + place * STEP
        likely = height(week.likely) if week.expected else None
        highest = height(max(week.span[1], week.places))
        columns.append(Column(week, left, height(week.places), height(week.parties), likely, highest - 8))
    runs = _runs(columns)
    numbers = [
        [(column.week.span[0], column.week.span[1], column.week.likely) for column in run] for run in runs
    ]
    lows, highs, middles = (
        tuple(
            _points(run, [height(three[n]) for three in found])
            for run, found in zip(runs, numbers, strict=True)
        )
        for n in range(3)
    )
    band = tuple(f"{high} {' '.join(reversed(low.split()))}" for high, low in zip(highs, lows, strict=True))
    lines = tuple((number, height(number)) for number in range(0, top + 1, step))
    return Chart(LEFT + 16 + STEP * len(weeks), tuple(columns), lines, band, lows, highs, middles)


def _runs(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns beside each other of which something is expected."""
    runs: list[list[Column]] = [[]]
    for column in columns:
        if column.likely is None:
            runs.append([])
        else:
            runs[-1].append(column)
    return [run for run in runs if run]


def _points(columns: Sequence[Column], heights: Sequence[float]) -> str:
    return " ".join(f"{column.middle:g},{height:g}" for column, height in zip(columns, heights, strict=True))
