"""What an order costs, and who pays which part of it; öre and minutes as whole numbers that add up exactly."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Weight = int | Fraction


@dataclass(frozen=True, slots=True)
class CancelStep:
    """Whoever cancels less than so many hours before the start pays so many percent of the time's charge."""

    hours: int
    percent: int


@dataclass(frozen=True, slots=True)
class Terms:
    """An agreement's terms on a day for one form and level; `steps` with falling hours and rising percent."""

    unit_ore: int
    unit_minutes: int = 30
    minimum_minutes: int = 0
    travel_unit_minutes: int = 30
    travel_unit_ore: int = 0
    km_ore: int = 0
    steps: tuple[CancelStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """What an order costs in öre, and for how many minutes it is paid."""

    paid_minutes: int
    units: int
    time_ore: int
    travel_time_ore: int = 0
    km_ore: int = 0

    @property
    def ore(self) -> int:
        return self.time_ore + self.travel_time_ore + self.km_ore


@dataclass(frozen=True, slots=True)
class Share:
    """An agency's part of an order."""

    minutes: int
    ore: int


@dataclass(frozen=True, slots=True)
class Cancelling:
    """What cancelling costs in öre, until a moment; None: from then on."""

    until: datetime | None
    ore: int


def charge(terms: Terms, *, minutes: int, travel_minutes: int = 0, km: int = 0) -> Charge:
    """What so many ordered minutes cost: at least the minimum, each started unit whole, and the travel."""
    units = _started(max(minutes, terms.minimum_minutes), terms.unit_minutes)
    travel = _started(travel_minutes, terms.travel_unit_minutes)
    return Charge(
        paid_minutes=units * terms.unit_minutes,
        units=units,
        time_ore=units * terms.unit_ore,
        travel_time_ore=travel * terms.travel_unit_ore,
        km_ore=km * terms.km_ore,
    )


def cancelling(terms: Terms, costs: Charge, *, starts_at: datetime) -> list[Cancelling]:
    """What cancelling costs at which time, in order; nobody has travelled, so that the time alone is paid."""
    ends = [starts_at - timedelta(hours=step.hours) for step in terms.steps]
    prices = [0, *(_percent(costs.time_ore, step.percent) for step in terms.steps)]
    return [Cancelling(until, ore) for until, ore in zip([*ends, None], prices, strict=True)]


def cancellation_ore(terms: Terms, costs: Charge, *, starts_at: datetime, at: datetime) -> int:
    """What cancelling at the moment costs; exactly so many hours before still counts as before."""
    steps = cancelling(terms, costs, starts_at=starts_at)
    return next(step.ore for step in steps if step.until is None or at <= step.until)


def split(ore: int, *, met: Mapping[Key, Weight], ordered_minutes: int, orderer: Key) -> dict[Key, Share]:
    """Each agency's minutes and part of the cost; `met` has the minutes of its meetings with the interpreter.

    Of a meeting that it holds together with others it has its part, perhaps not in whole minutes: the cost follows
    the exact part. What is paid beyond the meetings (gaps, the minimum, travel) follows their minutes. While there are
    no meetings the ordering agency bears all that is ordered.
    """
    counted: dict[Key, Weight] = {agency: part for agency, part in met.items() if part}
    counted = counted or {orderer: ordered_minutes}
    minutes, parts = shares(round(sum(counted.values())), counted), shares(ore, counted)
    return {agency: Share(minutes[agency], parts[agency]) for agency in counted}


def shares(total: int, weights: Mapping[Key, Weight]) -> dict[Key, int]:
    """The total in whole parts by weight that add up to it: what is left goes to the largest remainders, first come."""
    whole = sum(weights.values())
    parts = {key: int(total * weight // whole) for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: -(total * weights[key] % whole))
    for key in by_remainder[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def _started(minutes: int, unit: int) -> int:
    return -(-minutes // unit)


def _percent(ore: int, percent: int) -> int:
    """Rounded to the nearest öre, halves up."""
    return (ore * percent + 50) // 100
