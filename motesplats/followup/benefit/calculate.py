"""A calculation: assumptions in, every figure out, in full precision; None is open."""

from dataclasses import dataclass

from motesplats.followup.benefit.assumptions import NUMBERS, Assumptions
from motesplats.followup.benefit.costs import CostSums, costs_of
from motesplats.followup.benefit.degree import efficiency_degree
from motesplats.followup.benefit.effects import Shared, share_out
from motesplats.followup.benefit.open_sums import Open, times
from motesplats.followup.benefit.payback import BreakEven, PaybackNeed, break_evens, need_for
from motesplats.followup.benefit.scenario import ScenarioResult, scenario_of


@dataclass(frozen=True, slots=True)
class BenefitResult:
    """`need` is what it takes within `payback_years`; `cases_value` is the value of a case times the cases."""

    assumed: Assumptions
    costs: CostSums
    need: PaybackNeed
    break_evens: tuple[BreakEven, ...]
    scenario: ScenarioResult
    efficiency_degree: Open
    shared: Shared
    cases_value: Open
    open_numbers: tuple[str, ...]


def calculate(assumed: Assumptions) -> BenefitResult:
    """Nothing is guessed: a figure is open while one that it is made of is."""
    costs = costs_of(assumed)
    scenario = scenario_of(assumed, costs.economic_cost)
    return BenefitResult(
        assumed=assumed,
        costs=costs,
        need=need_for(
            costs.economic_cost,
            years=assumed.number("payback_years"),
            yearly_value=assumed.number("yearly_value_per_person"),
            participants=assumed.number("participants"),
        ),
        break_evens=tuple(break_evens(assumed, costs.economic_cost)),
        scenario=scenario,
        efficiency_degree=efficiency_degree(assumed, costs.economic_cost),
        shared=share_out(assumed, costs, scenario),
        cases_value=times(assumed.number("cases"), assumed.number("value_per_case")),
        open_numbers=tuple(name for name in NUMBERS if assumed.number(name) is None),
    )
