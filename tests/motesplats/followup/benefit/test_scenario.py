"""An alternative: what comes of it if so many work, with what they would have done anyway taken off."""

from fractions import Fraction

from hypothesis import given

from motesplats.followup.benefit.costs import costs_of
from motesplats.followup.benefit.degree import efficiency_degree
from motesplats.followup.benefit.scenario import scenario_of, yearly_value_of
from tests.motesplats.followup.benefit.kit import LIVA, assumptions, numbers, told


def test_two_of_fourteen_in_three_years_bring_3_6_million():
    scenario = scenario_of(LIVA, Fraction(2_750_000))
    assert told(scenario.yearly_value, scenario.income, scenario.profitability) == (
        1_200_000,
        3_600_000,
        850_000,
    )
    assert scenario.payback_years == Fraction(2_750_000, 1_200_000)
    assert scenario.is_paid_back is True
    assert scenario.potential == 14 * 600_000 * 3 - 2_750_000


def test_one_without_and_three_with_a_subsidy_make_0_99_million_a_year():
    assumed = numbers(
        in_work=1, in_work_subsidised=3, yearly_value_per_person=600_000, yearly_value_subsidised=130_000
    )
    assert yearly_value_of(assumed) == 990_000


def test_what_would_have_happened_anyway_is_open_until_it_is_said():
    assert scenario_of(LIVA, Fraction(1)).net_income is None
    said = numbers(in_work=3, without_in_work=1, yearly_value_per_person=100, payback_years=2)
    scenario = scenario_of(said, Fraction(150))
    assert told(scenario.income, scenario.net_income, scenario.net_profitability) == (600, 400, 250)


def test_an_effort_that_brings_nothing_is_never_paid_back():
    scenario = scenario_of(numbers(in_work=0, yearly_value_per_person=600_000, payback_years=3), Fraction(5))
    assert told(scenario.income, scenario.payback_years, scenario.is_paid_back) == (0, None, False)


def test_120_000_of_600_000_in_twelve_months_is_20_per_cent():
    assert efficiency_degree(numbers(value_first_year=120_000), Fraction(600_000)) == Fraction(1, 5)


def test_without_a_measured_value_the_degree_is_that_of_the_alternative():
    assert efficiency_degree(LIVA, Fraction(2_750_000)) == Fraction(1_200_000, 2_750_000)
    assert efficiency_degree(numbers(cost=5), Fraction(5)) is None
    assert efficiency_degree(LIVA, Fraction(0)) is None


@given(assumptions())
def test_it_is_paid_back_exactly_if_it_does_not_lose(assumed):
    scenario = scenario_of(assumed, costs_of(assumed).economic_cost)
    if scenario.profitability is None:
        assert scenario.is_paid_back is None
    else:
        assert scenario.is_paid_back is (scenario.profitability >= 0)
        if scenario.payback_years is not None:
            within = scenario.payback_years <= assumed.number("payback_years")
            assert within is scenario.is_paid_back
