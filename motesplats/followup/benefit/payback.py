"""The calculation backwards: how many must reach work for a cost to be paid back, and how probable that must be."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from motesplats.followup.benefit.assumptions import YEARS_SHOWN, Assumptions
from motesplats.followup.benefit.costs import share_of
from motesplats.followup.benefit.open_sums import Open, divided
from motesplats.followup.benefit.stakeholders import Stakeholder

SOCIETY, SUBSIDISED = "society", "society_subsidised"


@dataclass(frozen=True, slots=True)
class PaybackNeed:
    """What it takes to pay a cost back in so many years: kronor a year, persons in work, probability of each."""

    years: Open
    cost_per_year: Open
    persons_needed: Open
    per_participant: Open
    probability: Open


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The needs for society, for society with subsidised wages, or for a party whose cost and gain are known."""

    whose: str
    cost: Fraction
    yearly_value: Fraction
    needs: tuple[PaybackNeed, ...]


def need_for(cost: Open, *, years: Open, yearly_value: Open, participants: Open) -> PaybackNeed:
    """Each figure is open while one that it is made of is."""
    a_year = divided(cost, years)
    persons = divided(a_year, yearly_value)
    return PaybackNeed(
        years=years,
        cost_per_year=a_year,
        persons_needed=persons,
        per_participant=divided(a_year, participants),
        probability=divided(persons, participants),
    )


def break_evens(assumed: Assumptions, economic_cost: Open) -> Iterator[BreakEven]:
    """Of each for whom cost and gain are known, and the gain is one."""
    gains: list[tuple[str, Open, Open]] = [
        (SOCIETY, economic_cost, assumed.number("yearly_value_per_person")),
        (SUBSIDISED, economic_cost, assumed.number("yearly_value_subsidised")),
        *(
            (one.value, share_of(one, assumed, free=False), assumed.effect_on(one).gain)
            for one in Stakeholder
        ),
    ]
    people = assumed.number("participants")
    for whose, cost, value in gains:
        if cost and value and value > 0:
            needs = (
                need_for(cost, years=Fraction(years), yearly_value=value, participants=people)
                for years in YEARS_SHOWN
            )
            yield BreakEven(whose, cost, value, tuple(needs))
