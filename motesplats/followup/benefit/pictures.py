"""Rings for the participants, as many filled as must reach work; in the units of an SVG's viewBox."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

from motesplats.followup.benefit.assumptions import YEARS_SHOWN, Assumptions
from motesplats.followup.benefit.calculate import BenefitResult
from motesplats.followup.benefit.display import persons

MOST_RINGS = 20
ROW = 32


@dataclass(frozen=True, slots=True)
class RingSize:
    """Of a ring, and where the rings of a row begin; for a wide and for a narrow screen."""

    name: str
    radius: int
    step: float
    begin: int
    value_room: int


SIZES = (RingSize("wide", 9, 25, 100, 60), RingSize("narrow", 6, 12.6, 62, 44))


@dataclass(frozen=True, slots=True)
class Ring:
    """`part` is the path of what is filled, "" of none; a whole ring is filled by `is_full`."""

    x: float
    y: int
    is_full: bool
    part: str


@dataclass(frozen=True, slots=True)
class RingRow:
    years: int
    y: int
    rings: list[Ring]
    value: str
    value_x: float

    @property
    def text_y(self) -> int:
        return self.y + 5


@dataclass(frozen=True, slots=True)
class Rings:
    """A picture for one screen."""

    size: RingSize
    rows: list[RingRow]

    @property
    def width(self) -> float:
        return self.rows[0].value_x + self.size.value_room

    @property
    def height(self) -> int:
        return ROW * len(self.rows)


@dataclass(frozen=True, slots=True)
class RingPicture:
    """For whom; a ring is so many of the participants."""

    whose: str
    cost: Fraction
    people_in_ring: Fraction
    screens: list[Rings]


def ring_pictures(assumed: Assumptions, result: BenefitResult) -> Iterator[RingPicture]:
    """One for each break-even; none while it is open how many take part."""
    people = assumed.number("participants")
    if people is None:
        return
    number = min(int(people), MOST_RINGS)
    for one in result.break_evens:
        needs = [need.persons_needed or Fraction(0) for need in one.needs]
        screens = [_screen(size, needs, people, number) for size in SIZES]
        yield RingPicture(one.whose, one.cost, people / number, screens)


def _screen(size: RingSize, needs: list[Fraction], people: Fraction, number: int) -> Rings:
    rows = []
    for place, (years, need) in enumerate(zip(YEARS_SHOWN, needs, strict=True)):
        y = ROW * place + ROW // 2
        filled = need / people * number
        rings = [_ring(size, n, y, filled - n) for n in range(number)]
        rows.append(RingRow(years, y, rings, persons(need).text, size.begin + number * size.step))
    return Rings(size, rows)


def _ring(size: RingSize, place: int, y: int, filled: Fraction) -> Ring:
    x = round(size.begin + place * size.step, 1)
    part = _slice(x, y, size.radius, float(filled)) if 0 < filled < 1 else ""
    return Ring(x, y, filled >= 1, part)


def _slice(x: float, y: int, radius: int, filled: float) -> str:
    """From the top clockwise."""
    angle = 2 * pi * filled
    to_x, to_y = x + radius * sin(angle), y - radius * cos(angle)
    return f"M{x} {y}v-{radius}A{radius} {radius} 0 {int(filled > 0.5)} 1 {to_x:.1f} {to_y:.1f}z"
