"""A small line of months: only its first and last value are written; no Django."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, TOP, FLOOR, LEFT = 260, 10, 60, 10


@dataclass(frozen=True, slots=True)
class Line:
    """Points in the units of the picture; a month without a value breaks the line."""

    parts: Sequence[str]
    first: tuple[str, str]
    last: tuple[str, str]
    end: tuple[float, float]


def line_of(values: Sequence[float | None], labels: Sequence[str], written: Sequence[str]) -> Line | None:
    """The line from 0 to the largest value; None where fewer than two months have one."""
    known = [place for place, value in enumerate(values) if value is not None]
    if len(known) < 2:  # a line has two ends
        return None
    most = max(value for value in values if value is not None) or 1
    step = WIDTH / (len(values) - 1)
    points = [
        None
        if value is None
        else (round(LEFT + step * place, 1), round(FLOOR - (FLOOR - TOP) * value / most, 1))
        for place, value in enumerate(values)
    ]
    end = points[known[-1]]
    assert end
    return Line(
        _parts(points),
        (labels[known[0]], written[known[0]]),
        (labels[known[-1]], written[known[-1]]),
        end,
    )


def _parts(points: Sequence[tuple[float, float] | None]) -> list[str]:
    """The stretches between gaps, as SVG writes points."""
    parts: list[list[str]] = [[]]
    for point in points:
        if point is None:
            parts.append([])
        else:
            parts[-1].append(f"{point[0]},{point[1]}")
    return [" ".join(part) for part in parts if len(part) > 1]
