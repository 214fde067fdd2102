"""The whole calculation, forwards and backwards."""

from fractions import Fraction

import pytest
from hypothesis import given

from motesplats.followup.benefit.calculate import calculate
from motesplats.followup.benefit.check import Nonsense, nonsense_in
from tests.motesplats.followup.benefit.kit import LIVA, assumptions, numbers


def test_the_reports_example_backwards():
    result = calculate(
        numbers(cost=2_200_000, indirect_tax_factor="1.25", payback_years=3, yearly_value_per_person=600_000)
    )
    assert result.costs.economic_cost == 2_750_000
    assert result.need.cost_per_year == Fraction(2_750_000, 3)
    assert result.need.persons_needed == Fraction(2_750_000, 1_800_000)


def test_a_thousand_cases_of_27_000_are_27_million():
    assert calculate(numbers(cases=1000, value_per_case=27_000)).cases_value == 27_000_000


def test_what_was_not_said_is_told():
    unsaid = ("in_work_subsidised", "without_in_work", "value_first_year", "cases", "value_per_case")
    assert calculate(LIVA).open_numbers == unsaid


@given(assumptions())
def test_whatever_is_possible_has_a_result(assumed):
    result = calculate(assumed)
    assert result.open_numbers == tuple(name for name in result.open_numbers if name not in assumed.numbers)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, {"cost": Nonsense.NOTHING}),
        ({"participants": 3, "in_work": 4}, {"in_work": Nonsense.MORE_THAN_TAKE_PART}),
        ({"participants": 3, "in_work_subsidised": 4}, {"in_work_subsidised": Nonsense.MORE_THAN_TAKE_PART}),
        (
            {"participants": 3, "in_work": 2, "in_work_subsidised": 2},
            {"in_work": Nonsense.MORE_THAN_TAKE_PART},
        ),
        ({"participants": 3, "without_in_work": 4}, {"without_in_work": Nonsense.MORE_THAN_TAKE_PART}),
        ({"participants": 3, "in_work": 3, "without_in_work": 3}, {}),
        ({"in_work": 4}, {}),
    ],
)
def test_numbers_that_contradict_each_other_are_named(given, named):
    assert nonsense_in(numbers(**given)) == named
