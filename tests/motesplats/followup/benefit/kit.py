"""Assumptions for the tests of the calculator: the report's of LivA Östersund, and any that Hypothesis finds."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from motesplats.followup.benefit.assumptions import NUMBERS, Assumptions, CostKind, CostLine, YearlyEffect
from motesplats.followup.benefit.stakeholders import Stakeholder

KRONOR = st.decimals(0, 10**9, places=2)
GAINS = st.decimals(-(10**6), 10**6, places=2)
LIVA = Assumptions(
    costs=(
        CostLine(CostKind.OTHER, Decimal(1_200_000), by=Stakeholder.MUNICIPALITY),
        CostLine(CostKind.FREE, Decimal(1_000_000)),
    ),
    effects={Stakeholder.MUNICIPALITY: YearlyEffect(transfer=Decimal(175_000), real=Decimal(0))},
    numbers={
        "indirect_tax_factor": Decimal("1.25"),
        "yearly_value_per_person": Decimal(600_000),
        "yearly_value_subsidised": Decimal(130_000),
        "participants": Decimal(14),
        "payback_years": Decimal(3),
        "in_work": Decimal(2),
    },
)


def numbers(**given: object) -> Assumptions:
    """Assumptions of these numbers, and of `cost` as one sum."""
    cost = given.pop("cost", None)
    lines = () if cost is None else (CostLine(CostKind.OTHER, Decimal(str(cost))),)
    return Assumptions(costs=lines, numbers={name: Decimal(str(value)) for name, value in given.items()})


def told(*figures: object) -> tuple[Any, ...]:
    """The figures, to be compared with numbers of any kind."""
    return figures


def known(figure: Fraction | None) -> Fraction:
    """The figure, which is not open."""
    assert figure is not None
    return figure


def whole_numbers() -> st.SearchStrategy[dict[str, Decimal]]:
    """A value within its limits for any of the numbers."""
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.decimals(limit.least, limit.most, places=limit.places) for name, limit in NUMBERS.items()
        },
    )


def lines() -> st.SearchStrategy[CostLine]:
    return st.builds(
        CostLine,
        kind=st.sampled_from(CostKind),
        price=KRONOR,
        number=st.none() | st.decimals(0, 10_000, places=2),
        by=st.none() | st.sampled_from(Stakeholder),
    )


def effects() -> st.SearchStrategy[YearlyEffect]:
    return st.builds(YearlyEffect, transfer=st.none() | GAINS, real=st.none() | GAINS)


def assumptions() -> st.SearchStrategy[Assumptions]:
    return st.builds(
        Assumptions,
        costs=st.lists(lines(), max_size=5).map(tuple),
        effects=st.dictionaries(st.sampled_from(Stakeholder), effects()),
        numbers=whole_numbers(),
    )
