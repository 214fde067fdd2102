"""Forecasts of past months against who came. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bookings.capacity.spread import NOBODY, Expected


@dataclass(frozen=True, slots=True)
class SaidForecast:
    """What was said on a day of a municipality's month; the municipality is a key, `by` whence it comes."""

    municipality: int
    month: date
    said_on: date
    expected: Expected
    source: str = ""


@dataclass(frozen=True, slots=True)
class PastMonth:
    """A month: people as forecast before it began, and who came; None: nobody has said, or it is hidden."""

    month: date
    expected: Expected | None
    came: int | None

    @property
    def difference(self) -> int | None:
        """How many more came than were likely."""
        return self.came - round(self.expected.likely) if self.expected and self.came is not None else None

    @property
    def is_within(self) -> bool | None:
        """Whether the outcome lies between lowest and highest."""
        if self.expected is None or self.came is None:
            return None
        return self.expected.lowest <= self.came <= self.expected.highest

    @property
    def error(self) -> int | None:
        """The difference in per cent of the forecast, without its sign."""
        if self.expected is None or self.difference is None or not self.expected.likely:
            return None
        return round(100 * abs(self.difference) / self.expected.likely)


def latest(
    said: Iterable[SaidForecast], *, before: date | None = None
) -> dict[tuple[int, date], SaidForecast]:
    """The last that was said of each municipality and month, on or before that date; by municipality and month."""
    found: dict[tuple[int, date], SaidForecast] = {}
    for one in sorted(said, key=lambda one: one.said_on):
        if before is None or one.said_on <= before:
            found[one.municipality, one.month] = one
    return found


def by_month(said: Iterable[SaidForecast]) -> dict[date, Expected]:
    """The sums over the municipalities."""
    sums: dict[date, Expected] = {}
    for one in said:
        sums[one.month] = sums.get(one.month, NOBODY) + one.expected
    return sums


def past_months(
    months: Sequence[date], said: Sequence[SaidForecast], came: Mapping[date, int | None]
) -> list[PastMonth]:
    """Each month with the forecast that held when it began; a later one knew more than the plan did."""
    found = []
    for month in months:
        own = [one for one in said if one.month == month]
        sums = by_month(latest(own, before=month).values())
        found.append(PastMonth(month, sums.get(month), came.get(month)))
    return found
