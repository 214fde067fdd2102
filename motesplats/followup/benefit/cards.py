"""The answers at the top of the page, each with how it was reckoned."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from motesplats.followup.benefit.assumptions import Assumptions
from motesplats.followup.benefit.calculate import BenefitResult
from motesplats.followup.benefit.display import ShownFigure, kronor, money, percent, persons, plain, with_unit


@dataclass(frozen=True, slots=True)
class Card:
    """A question, its answer, and the reckoning in words."""

    asked: str
    answer: ShownFigure
    reckoning: str


def cards_of(assumed: Assumptions, result: BenefitResult) -> list[Card]:
    """Those whose answer is known; if none is, the first three say so."""
    found = list(_cards(assumed, result))
    return [card for card in found if not card.answer.is_open] or found[:3]


def _cards(assumed: Assumptions, result: BenefitResult) -> Iterator[Card]:
    costs, need = result.costs, result.need
    values = {name: plain(assumed.number(name)) for name in ("payback_years", "cases")}
    value = kronor(assumed.number("yearly_value_per_person"))
    yield Card(
        _("What the effort cost society"),
        money(costs.economic_cost),
        _("(%(paid)s paid + %(free)s free) × %(factor)s · %(yearly)s a year in %(years)s years")
        % {
            "paid": money(costs.paid),
            "free": money(costs.free),
            "factor": plain(assumed.number("indirect_tax_factor")),
            "yearly": money(need.cost_per_year),
            "years": values["payback_years"],
        },
    )
    people, taking_part = persons(need.persons_needed), assumed.number("participants")
    yield Card(
        _("Paid back in %(years)s years if so many reach work") % {"years": values["payback_years"]},
        people
        if taking_part is None
        else with_unit(people, _("%(number)s of %(people)s"), people=plain(taking_part)),
        _("%(yearly)s ÷ %(value)s · full time without subsidy")
        % {"yearly": money(need.cost_per_year), "value": value},
    )
    yield Card(
        _("Probability needed of each participant"),
        percent(need.probability),
        _("%(need)s ÷ %(value)s a year") % {"need": kronor(need.per_participant), "value": value},
    )
    yield Card(
        _("Efficiency degree"),
        percent(result.efficiency_degree),
        _("%(value)s in twelve months ÷ %(cost)s")
        % {"value": money(_first_year(assumed, result)), "cost": money(costs.economic_cost)},
    )
    yield Card(
        _("Value of all cases"),
        money(result.cases_value),
        _("%(cases)s cases × %(value)s")
        % {"cases": values["cases"], "value": kronor(assumed.number("value_per_case"))},
    )


def _first_year(assumed: Assumptions, result: BenefitResult) -> Fraction | None:
    measured = assumed.number("value_first_year")
    return result.scenario.yearly_value if measured is None else measured
