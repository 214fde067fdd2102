"""Who pays and who gains over the horizon, by party and for society; in kronor, costs and income both positive."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from motesplats.followup.benefit.assumptions import Assumptions
from motesplats.followup.benefit.costs import CostSums, share_of
from motesplats.followup.benefit.open_sums import Open, less, times, total
from motesplats.followup.benefit.scenario import ScenarioResult
from motesplats.followup.benefit.stakeholders import STATE, Stakeholder


@dataclass(frozen=True, slots=True)
class Stake:
    """`result` is transfer and real value less what was paid; what was given for free nobody has paid."""

    paid: Open
    free: Open
    transfer: Open
    real: Open
    result: Open


class TransferCheck(StrEnum):
    """Whether the transfers of all parties cancel each other out."""

    ZERO = "zero"
    DIFFERS = "differs"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Shared:
    """The parties' stakes; `state` is a subtotal of theirs, `undivided` is what no party is named for."""

    stakes: dict[Stakeholder, Stake]
    state: Stake
    undivided: Stake
    society: Stake
    transfers: Open
    check: TransferCheck


def share_out(assumed: Assumptions, costs: CostSums, scenario: ScenarioResult) -> Shared:
    """The stakes in the alternative; society's is made of costs and real values alone."""
    stakes = {one: _stake(one, assumed) for one in Stakeholder}
    transfers = total(_of_a_year(assumed))
    paid, free = _nobodys(assumed, free=False), _nobodys(assumed, free=True)
    real = less(scenario.income, total(stake.real for stake in stakes.values()))
    taxed = total([paid, costs.indirect_taxes])
    society_paid = total([costs.paid, costs.indirect_taxes])
    return Shared(
        stakes=stakes,
        state=_subtotal([stakes[one] for one in STATE]),
        undivided=Stake(taxed, free, None, real, None),
        society=Stake(society_paid, costs.free, Fraction(0), scenario.income, scenario.profitability),
        transfers=transfers,
        check=_check(transfers),
    )


def _stake(one: Stakeholder, assumed: Assumptions) -> Stake:
    """Income is known for work without a subsidy alone."""
    years = assumed.number("payback_years")
    subsidised = assumed.number("in_work_subsidised")
    people = None if subsidised else assumed.number("in_work")
    effect = assumed.effect_on(one)
    transfer, real = (
        times(people, years, None if value is None else Fraction(value))
        for value in (effect.transfer, effect.real)
    )
    paid = share_of(one, assumed, free=False)
    return Stake(paid, share_of(one, assumed, free=True), transfer, real, less(total([transfer, real]), paid))


def _nobodys(assumed: Assumptions, *, free: bool) -> Open:
    return share_of(None, assumed, free=free)


def _subtotal(stakes: Sequence[Stake]) -> Stake:
    return Stake(
        paid=total(stake.paid for stake in stakes),
        free=total(stake.free for stake in stakes),
        transfer=total(stake.transfer for stake in stakes),
        real=total(stake.real for stake in stakes),
        result=total(stake.result for stake in stakes),
    )


def _of_a_year(assumed: Assumptions) -> list[Open]:
    found = (assumed.effect_on(one).transfer for one in Stakeholder)
    return [None if transfer is None else Fraction(transfer) for transfer in found]


def _check(transfers: Open) -> TransferCheck:
    if transfers is None:
        return TransferCheck.OPEN
    return TransferCheck.DIFFERS if transfers else TransferCheck.ZERO
