"""The alternative's figures: value, profitability, payback time, potential, efficiency degree."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from motesplats.followup.benefit.assumptions import Assumptions
from motesplats.followup.benefit.calculate import BenefitResult
from motesplats.followup.benefit.display import ShownFigure, duration, money, percent, plain
from motesplats.followup.benefit.left_out import left_out_of_scenario
from motesplats.followup.benefit.result_tables import ResultRow, ResultTable


def scenario_table(assumed: Assumptions, result: BenefitResult) -> ResultTable | None:
    """None if the alternative names nobody."""
    if result.scenario.yearly_value is None:
        return None
    return ResultTable(
        title=_("If so many work for the whole horizon"),
        header=[_("Figure"), _("Value"), _("Reckoning")],
        rows=[ResultRow(*row) for row in _rows(assumed, result)],
        beyond=left_out_of_scenario(),
        words=frozenset({2}),
    )


def _rows(assumed: Assumptions, result: BenefitResult) -> Iterator[tuple[str, list[ShownFigure | str]]]:
    scenario, cost = result.scenario, money(result.costs.economic_cost)
    years = plain(assumed.number("payback_years"))
    a_year, income = money(scenario.yearly_value), money(scenario.income)
    yield (_("Value of a year"), [a_year, _in_work(assumed)])
    yield (
        _("Income in %(years)s years") % {"years": years},
        [income, _("%(yearly)s × %(years)s years") % {"yearly": a_year, "years": years}],
    )
    yield (
        _("Profitability"),
        [
            money(scenario.profitability, sign=True),
            f"{income} − {cost}",
        ],
    )
    yield (
        _("Payback time"),
        [_time(result), _("%(cost)s ÷ %(yearly)s a year") % {"cost": cost, "yearly": a_year}],
    )
    yield (
        _("Efficiency degree"),
        [
            percent(result.efficiency_degree),
            _("value of the first twelve months ÷ %(cost)s") % {"cost": cost},
        ],
    )
    yield (
        _("Income beyond what had come anyway"),
        [
            money(scenario.net_income),
            _anyway(assumed),
        ],
    )
    yield (
        _("Profitability beyond what had come anyway"),
        [money(scenario.net_profitability, sign=True), _("the same − %(cost)s") % {"cost": cost}],
    )
    yield (
        _("Potential"),
        [
            money(scenario.potential, sign=True),
            _("if all %(people)s worked without subsidy") % {"people": plain(assumed.number("participants"))},
        ],
    )


def _in_work(assumed: Assumptions) -> str:
    parts = [
        _("%(people)s × %(value)s kr") % {"people": plain(people), "value": plain(assumed.number(value))}
        for name, value in (
            ("in_work", "yearly_value_per_person"),
            ("in_work_subsidised", "yearly_value_subsidised"),
        )
        if (people := assumed.number(name)) is not None
    ]
    return " + ".join(parts)


def _anyway(assumed: Assumptions) -> str:
    people = assumed.number("without_in_work")
    if people is None:
        return _("it is open how many would have worked anyway")
    return _("without %(people)s who would have worked") % {"people": plain(people)}


def _time(result: BenefitResult) -> ShownFigure:
    """Without income the cost is never paid back."""
    found = duration(result.scenario.payback_years)
    return ShownFigure(_("never")) if found.is_open and result.scenario.yearly_value == 0 else found
