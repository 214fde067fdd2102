"""What a calculation is made from: costs, effects and numbers, each with its source; None is open, which is not 0."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from motesplats.followup.benefit.stakeholders import Stakeholder

MOST_COSTS = 12  # lines
MOST_YEARS = 10  # NyttoSam reckons no further
YEARS_SHOWN = (1, 3, 5)


class CostKind(StrEnum):
    STAFF = "staff"
    INTERPRETERS = "interpreters"
    ROOMS = "rooms"
    TRAVEL = "travel"
    OTHER = "other"
    FREE = "free"  # hours and rooms given for nothing


@dataclass(frozen=True, slots=True)
class NumberLimit:
    """The least and the most that a number may be, and how many decimals it may have."""

    least: Decimal
    most: Decimal
    places: int = 2


KRONOR = NumberLimit(Decimal(0), Decimal(100_000_000_000))
EFFECT = NumberLimit(Decimal(-10_000_000), Decimal(10_000_000))  # kronor for a person and year
PIECES = NumberLimit(Decimal(0), Decimal(10_000_000))  # hours, or whatever has a price
YEARLY_VALUE = NumberLimit(Decimal(1), Decimal(10_000_000))
PEOPLE = NumberLimit(Decimal(0), Decimal(1_000_000))

NUMBERS: Mapping[str, NumberLimit] = {
    "indirect_tax_factor": NumberLimit(Decimal(1), Decimal(3), 4),
    "yearly_value_per_person": YEARLY_VALUE,
    "yearly_value_subsidised": YEARLY_VALUE,
    "participants": NumberLimit(Decimal(1), Decimal(1_000_000), 0),
    "payback_years": NumberLimit(Decimal("0.1"), Decimal(MOST_YEARS)),
    "in_work": PEOPLE,
    "in_work_subsidised": PEOPLE,
    "without_in_work": PEOPLE,
    "value_first_year": KRONOR,
    "cases": NumberLimit(Decimal(1), Decimal(100_000_000), 0),
    "value_per_case": NumberLimit(Decimal(-10_000_000), Decimal(10_000_000)),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an assumption is from, and for which time it holds."""

    source: str = ""
    dated: str = ""


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class CostLine:
    """A sum in kronor, or with `number` so many hours or pieces at that price; `by` is who pays or gives it."""

    kind: CostKind
    price: Decimal
    number: Decimal | None = None
    by: Stakeholder | None = None
    origin: Origin = NOWHERE

    @property
    def amount(self) -> Fraction:
        return Fraction(self.price) * (1 if self.number is None else Fraction(self.number))


@dataclass(frozen=True, slots=True)
class YearlyEffect:
    """What a person's year in full-time work gives a party, in kronor.

    `transfer` is money moved from another party; `real` is what is made or saved, and so a gain for society.
    """

    transfer: Decimal | None = None
    real: Decimal | None = None
    origin: Origin = NOWHERE

    @property
    def gain(self) -> Fraction | None:
        if self.transfer is None or self.real is None:
            return None
        return Fraction(self.transfer) + Fraction(self.real)


NO_EFFECT_KNOWN = YearlyEffect()


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Everything that goes into a calculation, and nothing else does."""

    costs: tuple[CostLine, ...] = ()
    effects: Mapping[Stakeholder, YearlyEffect] = field(default_factory=dict)
    numbers: Mapping[str, Decimal] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def number(self, name: str) -> Fraction | None:
        value = self.numbers.get(name)
        return None if value is None else Fraction(value)

    def effect_on(self, stakeholder: Stakeholder) -> YearlyEffect:
        return self.effects.get(stakeholder, NO_EFFECT_KNOWN)

    @property
    def is_empty(self) -> bool:
        return not (self.costs or self.numbers or self.effects)
