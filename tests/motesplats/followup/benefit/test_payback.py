"""The calculation backwards, with the report's own examples."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from motesplats.followup.benefit.payback import break_evens, need_for
from tests.motesplats.followup.benefit.kit import LIVA, known, numbers

MILLION = 1_000_000
POSITIVE = st.fractions(min_value=Fraction(1, 100), max_value=10**9)


def test_a_cost_of_2_75_million_in_three_years_is_one_and_a_half_jobs():
    need = need_for(
        Fraction(2_750_000), years=Fraction(3), yearly_value=Fraction(600_000), participants=Fraction(14)
    )
    assert round(known(need.cost_per_year) / MILLION, 2) == Fraction("0.92")
    assert need.persons_needed == Fraction(2_750_000, 3 * 600_000)
    assert round(known(need.persons_needed), 2) == Fraction("1.53")
    assert (
        round(known(need.per_participant), -3) == 65_000
    )  # the report rounded 0.92 million first, and came to 66,000
    assert round(known(need.probability), 2) == Fraction("0.11")


def test_66_000_of_600_000_is_11_per_cent():
    need = need_for(
        Fraction(66_000), years=Fraction(1), yearly_value=Fraction(600_000), participants=Fraction(1)
    )
    assert need.probability == Fraction(11, 100)


def test_seven_subsidised_make_0_91_million_which_is_not_enough():
    need = need_for(Fraction(2_750_000), years=Fraction(3), yearly_value=Fraction(130_000), participants=None)
    assert 7 * 130_000 == 910_000 < known(need.cost_per_year)
    assert round(known(need.persons_needed), 2) == Fraction("7.05")


def test_society_and_the_municipality_need_so_many_in_one_three_and_five_years():
    found = {
        one.whose: [round(known(need.persons_needed), 2) for need in one.needs]
        for one in break_evens(LIVA, Fraction(2_750_000))
    }
    assert found == {
        "society": [Fraction("4.58"), Fraction("1.53"), Fraction("0.92")],
        "society_subsidised": [Fraction("21.15"), Fraction("7.05"), Fraction("4.23")],
        "municipality": [Fraction("6.86"), Fraction("2.29"), Fraction("1.37")],
    }


def test_who_has_no_known_gain_has_no_break_even():
    assert [one.whose for one in break_evens(numbers(cost=5), Fraction(5))] == []


def test_nothing_is_divided_by_nothing():
    need = need_for(Fraction(5), years=Fraction(0), yearly_value=None, participants=Fraction(0))
    assert (need.cost_per_year, need.persons_needed, need.per_participant, need.probability) == (None,) * 4


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE)
def test_so_many_persons_pay_exactly_the_cost_back(cost, years, value, people):
    need = need_for(cost, years=years, yearly_value=value, participants=people)
    assert need.persons_needed * value * years == cost
    assert need.probability * people * value * years == cost


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE)
def test_more_time_takes_fewer_persons(cost, years, longer, value):
    assume(longer > years)
    short, long = (
        need_for(cost, years=time, yearly_value=value, participants=None) for time in (years, longer)
    )
    assert known(long.persons_needed) < known(short.persons_needed)
