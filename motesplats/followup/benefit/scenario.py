"""An alternative, no outcome: if so many work for the whole horizon, what comes of it; in kronor and years."""

from dataclasses import dataclass

from motesplats.followup.benefit.assumptions import Assumptions
from motesplats.followup.benefit.open_sums import Open, divided, less, times, total


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """`net_...` takes off those who would have reached work anyway, and is open while they are."""

    yearly_value: Open
    income: Open
    profitability: Open
    payback_years: Open
    is_paid_back: bool | None
    net_income: Open
    net_profitability: Open
    potential: Open


def scenario_of(assumed: Assumptions, economic_cost: Open) -> ScenarioResult:
    """Over the years of `payback_years`; the potential is that of all participants in work."""
    years, value = assumed.number("payback_years"), assumed.number("yearly_value_per_person")
    a_year = yearly_value_of(assumed)
    income = times(a_year, years)
    anyway = times(assumed.number("without_in_work"), value, years)
    net = less(income, anyway)
    whole = times(assumed.number("participants"), value, years)
    time = divided(economic_cost, a_year) if a_year is None or a_year > 0 else None
    return ScenarioResult(
        yearly_value=a_year,
        income=income,
        profitability=less(income, economic_cost),
        payback_years=time,
        is_paid_back=None if income is None or economic_cost is None else income >= economic_cost,
        net_income=net,
        net_profitability=less(net, economic_cost),
        potential=less(whole, economic_cost),
    )


def yearly_value_of(assumed: Assumptions) -> Open:
    """What a year is worth if those of the alternative work; a kind of work that it leaves out has nobody."""
    parts = [
        times(persons, assumed.number(value))
        for people, value in (
            ("in_work", "yearly_value_per_person"),
            ("in_work_subsidised", "yearly_value_subsidised"),
        )
        if (persons := assumed.number(people)) is not None
    ]
    return total(parts) if parts else None
