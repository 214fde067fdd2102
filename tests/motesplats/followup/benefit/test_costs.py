"""Costs: paid, given for free, with indirect taxes; whose they are."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given

from motesplats.followup.benefit.assumptions import Assumptions, CostKind, CostLine
from motesplats.followup.benefit.costs import costs_of, share_of
from motesplats.followup.benefit.stakeholders import Stakeholder
from tests.motesplats.followup.benefit.kit import LIVA, assumptions, known, told


def test_what_is_paid_and_what_is_free_times_the_taxes_is_what_the_report_printed():
    costs = costs_of(LIVA)
    assert told(costs.paid, costs.free, costs.resource_use) == (1_200_000, 1_000_000, 2_200_000)
    assert told(costs.economic_cost, costs.indirect_taxes) == (2_750_000, 550_000)
    assert costs.per_participant == Fraction(2_750_000, 14)


def test_hours_have_a_price_and_free_ones_a_line_of_their_own():
    lines = (
        CostLine(CostKind.STAFF, price=Decimal("412.50"), number=Decimal("7.5"), by=Stakeholder.AF),
        CostLine(CostKind.INTERPRETERS, price=Decimal(900)),
        CostLine(CostKind.FREE, price=Decimal(300), number=Decimal(4), by=Stakeholder.FK),
    )
    costs = costs_of(Assumptions(costs=lines))
    assert costs.by_kind == {
        CostKind.STAFF: Fraction("3093.75"),
        CostKind.INTERPRETERS: 900,
        CostKind.FREE: 1200,
    }
    assert told(costs.paid, costs.free) == (Fraction("3993.75"), 1200)


def test_without_the_taxes_the_cost_for_society_is_open_and_not_the_sum():
    costs = costs_of(Assumptions(costs=(CostLine(CostKind.ROOMS, Decimal(5)),)))
    assert told(costs.resource_use, costs.economic_cost, costs.indirect_taxes) == (5, None, None)


def test_without_a_line_everything_is_open():
    costs = costs_of(Assumptions())
    assert told(costs.by_kind, costs.paid, costs.free, costs.resource_use) == ({}, None, None, None)


def test_while_a_giver_is_unknown_each_partys_share_is_open():
    assert share_of(Stakeholder.MUNICIPALITY, LIVA, free=False) == 1_200_000
    assert share_of(Stakeholder.REGION, LIVA, free=False) == 0
    assert {share_of(one, LIVA, free=True) for one in Stakeholder} == {None}
    assert share_of(None, LIVA, free=True) == 1_000_000


@given(assumptions())
def test_known_shares_and_what_is_nobodys_are_the_whole(assumed):
    costs = costs_of(assumed)
    for free, whole in ((False, costs.paid), (True, costs.free)):
        shares = [share_of(one, assumed, free=free) for one in (*Stakeholder, None)]
        if None not in shares:
            assert sum(map(known, shares)) == whole
