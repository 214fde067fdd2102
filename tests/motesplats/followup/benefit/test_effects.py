"""Who pays and who gains: what is open stays open, transfers cancel out, the state is a subtotal."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from motesplats.followup.benefit.assumptions import YearlyEffect
from motesplats.followup.benefit.calculate import calculate
from motesplats.followup.benefit.effects import TransferCheck
from motesplats.followup.benefit.stakeholders import STATE, Stakeholder
from tests.motesplats.followup.benefit.kit import GAINS, LIVA, assumptions, known, told

PARTS = ("paid", "free", "transfer", "real", "result")


def with_transfers(values):
    known = zip(Stakeholder, values, strict=True)
    return replace(LIVA, effects={one: YearlyEffect(value, Decimal(0)) for one, value in known})


def test_the_municipality_loses_what_the_report_says_and_all_others_are_open():
    shared = calculate(LIVA).shared
    municipality = shared.stakes[Stakeholder.MUNICIPALITY]
    assert told(municipality.paid, municipality.free) == (1_200_000, None)
    assert told(municipality.transfer, municipality.result) == (1_050_000, -150_000)
    others = [stake for one, stake in shared.stakes.items() if one is not Stakeholder.MUNICIPALITY]
    assert {told(stake.paid, stake.transfer, stake.result) for stake in others} == {(0, None, None)}
    assert told(shared.undivided.paid, shared.undivided.free) == (550_000, 1_000_000)
    assert told(shared.society.paid, shared.society.free, shared.society.result) == (
        1_750_000,
        1_000_000,
        850_000,
    )


def test_while_one_transfer_is_open_they_cannot_be_checked():
    assert told(calculate(LIVA).shared.transfers, calculate(LIVA).shared.check) == (None, TransferCheck.OPEN)


def test_transfers_that_do_not_cancel_out_are_told_by_how_much():
    shared = calculate(with_transfers(map(Decimal, (5, 0, 0, 0, 0, 0, -3)))).shared
    assert told(shared.transfers, shared.check) == (2, TransferCheck.DIFFERS)


@given(st.lists(GAINS, min_size=6, max_size=6))
def test_transfers_that_cancel_out_change_nothing_for_society(values):
    shared = calculate(with_transfers([*values, -sum(values)])).shared
    assert shared.check is TransferCheck.ZERO
    assert sum(known(stake.transfer) for stake in shared.stakes.values()) == 0
    assert shared.society == calculate(LIVA).shared.society


@given(assumptions())
def test_parties_and_what_is_undivided_are_society_and_the_state_is_not_added_again(assumed):
    shared = calculate(assumed).shared
    for part in ("paid", "free", "real"):
        parts = [getattr(stake, part) for stake in (*shared.stakes.values(), shared.undivided)]
        if None not in parts:
            assert sum(parts) == getattr(shared.society, part)


@given(assumptions())
def test_the_state_is_the_sum_of_its_three_and_open_if_one_is(assumed):
    shared = calculate(assumed).shared
    for part in PARTS:
        parts = [getattr(shared.stakes[one], part) for one in STATE]
        assert getattr(shared.state, part) == (None if None in parts else sum(parts, Fraction(0)))


@given(assumptions())
def test_an_open_effect_is_never_taken_for_nothing(assumed):
    shared = calculate(assumed).shared
    for one, stake in shared.stakes.items():
        effect = assumed.effect_on(one)
        assert effect.transfer is not None or stake.transfer is None
        if None in (effect.transfer, effect.real):
            assert stake.result is None
