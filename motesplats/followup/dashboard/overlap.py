"""The months of which both are known: how many came, and the number of the series that they are compared with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from motesplats.followup.figures.read import Figure
from motesplats.models import SeriesValue


@dataclass(frozen=True, slots=True)
class Overlap:
    """The months with people and numbers; none where a month of the series is hidden: a sum would tell of it."""

    months: Sequence[tuple[date, int, SeriesValue]]
    is_hidden: bool = False

    @property
    def people(self) -> int:
        return sum(people for _month, people, _value in self.months)

    @property
    def whole(self) -> int:
        return sum(value.value for _month, _people, value in self.months)

    @property
    def is_approximate(self) -> bool:
        return any(value.is_approximate for _month, _people, value in self.months)


def overlap_of(
    months: Iterable[date],
    people_of: Callable[[date], Figure],
    value_of: Callable[[date], SeriesValue | None],
) -> Overlap:
    """Those of the months (first days) of which both are known."""
    found = []
    for month in months:
        value, people = value_of(month), people_of(month)
        if value and people.is_hidden:
            return Overlap((), is_hidden=True)
        if value and people.value is not None:
            found.append((month, int(people.value), value))
    return Overlap(found)
