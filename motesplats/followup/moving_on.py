"""Which figures of a site's month may be told anew, so that what was told before tells of no few; no database.

In the running month a measure moves on as a whole, by six at least; its parts are not told. With the month's edition
all is told. After that a measure, and each way in which it is divided, is told anew only if each of its numbers moved
by six at least or not at all: one woman in a late report is not what lies between two editions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from motesplats.followup.counted_measures import COUNTED
from motesplats.followup.measures import MEASURES, Kind
from motesplats.followup.suppression import LEAST, is_small

Way = tuple[str, str]  # a measure, and by what it is divided
PEOPLE = "participants"
COUNTED_CODES = {measure.code for measure in COUNTED}
# The share is worked out of both others: neither is told without them, lest it tells of what waits.
TIED = {"no_shows": ("no_show_share", "parties"), "no_show_share": ("no_shows", "parties")}


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A figure as it is and as it was told; None: there is none, or none was told."""

    measure: str
    dimension: str
    amount: Decimal | None
    over: Decimal | None
    people: int | None
    told_amount: Decimal | None
    told_over: Decimal | None
    told_people: int | None
    is_settled: bool

    @property
    def way(self) -> Way:
        return self.measure, self.dimension

    @property
    def is_told_part(self) -> bool:
        """Whether it is a part that was told: then the month had its edition."""
        return bool(self.dimension) and self.told_amount is not None

    @property
    def moved_by_few(self) -> bool:
        """Whether the people behind it, or those by whose number it is divided, are some more or fewer, but not six."""
        pairs: list[tuple[Decimal | int | None, Decimal | int | None]] = [(self.people, self.told_people)]
        kind = MEASURES[self.measure].kind if self.measure in MEASURES else Kind.COUNT
        if kind == Kind.SHARE:
            pairs.append((self.over, self.told_over))
        elif kind == Kind.COUNT and (self.people or self.told_people):
            pairs.append((self.amount, self.told_amount))
        return any(0 < abs(float(now or 0) - float(told or 0)) < LEAST for now, told in pairs)


def may_be_told(rows: Iterable[MovedFigure], *, has_edition: bool) -> set[Way]:
    """The measures with the ways to divide them; `has_edition`: whether the month's edition is made, now or before."""
    found = list(rows)
    ways = {row.way for row in found}
    settled = {row.measure for row in found if row.is_settled or row.is_told_part}
    few = {row.way for row in found if row.moved_by_few}
    wholes = {measure for measure, _dimension in ways if _may_move(measure, few)}
    if not has_edition:
        return {(measure, "") for measure in wholes - _of_two_agencies(found)}
    return {way for way in ways if way[0] not in settled or (way not in few and way[0] in wholes)}


def _of_two_agencies(rows: Iterable[MovedFigure]) -> set[str]:
    """The measures in which there are two agencies, one with few: the other one would work them out of the whole."""
    found: dict[str, list[int]] = {}
    for row in rows:
        if row.dimension == "agency" and row.people:
            found.setdefault(row.measure, []).append(row.people)
    return {measure for measure, people in found.items() if len(people) == 2 and any(map(is_small, people))}


def _may_move(measure: str, few: set[Way]) -> bool:
    """Whether the whole measure may: of what day reports say nothing moves while those who came wait."""
    others = () if measure in COUNTED_CODES else (PEOPLE, *TIED.get(measure, ()))
    return not any((other, "") in few for other in (measure, *others))
