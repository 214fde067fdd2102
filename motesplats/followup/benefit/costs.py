"""What an effort costs: paid, given for free, and with indirect taxes; in kronor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from motesplats.followup.benefit.assumptions import Assumptions, CostKind, CostLine
from motesplats.followup.benefit.open_sums import Open, divided, less, times
from motesplats.followup.benefit.stakeholders import Stakeholder


@dataclass(frozen=True, slots=True)
class CostSums:
    """`economic_cost` is what the effort costs society: all that it uses, times the factor for indirect taxes."""

    by_kind: Mapping[CostKind, Fraction]
    paid: Open
    free: Open
    resource_use: Open
    indirect_taxes: Open
    economic_cost: Open
    per_participant: Open


def costs_of(assumed: Assumptions) -> CostSums:
    """The sums of the lines; all open if there is no line."""
    by_kind = {
        kind: sum_of(line for line in assumed.costs if line.kind is kind)
        for kind in CostKind
        if any(line.kind is kind for line in assumed.costs)
    }
    used: Open = sum(by_kind.values(), Fraction(0)) if by_kind else None
    free: Open = by_kind.get(CostKind.FREE, Fraction(0)) if by_kind else None
    cost = times(used, assumed.number("indirect_tax_factor"))
    return CostSums(
        by_kind=by_kind,
        paid=less(used, free),
        free=free,
        resource_use=used,
        indirect_taxes=less(cost, used),
        economic_cost=cost,
        per_participant=divided(cost, assumed.number("participants")),
    )


def share_of(stakeholder: Stakeholder | None, assumed: Assumptions, *, free: bool) -> Open:
    """What the party has paid, or with `free` given; None is nobody named.

    While a line names nobody, each party's share is open: it may be its.
    """
    lines = [line for line in assumed.costs if (line.kind is CostKind.FREE) is free]
    if not assumed.costs or (stakeholder and any(line.by is None and line.amount for line in lines)):
        return None
    return sum_of(line for line in lines if line.by is stakeholder)


def sum_of(lines: Iterable[CostLine]) -> Fraction:
    return sum((line.amount for line in lines), Fraction(0))
