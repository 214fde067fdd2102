"""What the form has cleaned, as assumptions and as it stands in an address."""

import re
from collections.abc import Mapping
from typing import Any

from motesplats.followup.benefit.assumptions import (
    MOST_COSTS,
    NUMBERS,
    Assumptions,
    CostKind,
    CostLine,
    Origin,
    YearlyEffect,
)
from motesplats.followup.benefit.stakeholders import Stakeholder
from motesplats.followup.typed_numbers import canonical

FEWEST_LINES = 3
COST = re.compile(r"cost(\d{1,2})_(?:kind|by|number|price|source|dated)")


def lines_in(data: Mapping[str, Any]) -> list[str]:
    """The names of the cost lines to show: those that have something, and one more."""
    filled = [int(found[1]) for name, value in data.items() if value and (found := COST.fullmatch(name))]
    number = min(MOST_COSTS, max([FEWEST_LINES, *(n + 2 for n in filled)]))
    return [f"cost{n}" for n in range(number)]


def assumptions_from(cleaned: Mapping[str, Any], lines: list[str]) -> Assumptions:
    """Without what is open."""
    return Assumptions(
        costs=tuple(_cost(cleaned, line) for line in lines if cleaned[f"{line}_kind"]),
        effects={
            one: YearlyEffect(cleaned[f"{one}_transfer"], cleaned[f"{one}_real"], _origin(cleaned, one.value))
            for one in Stakeholder
            if {cleaned[f"{one}_transfer"], cleaned[f"{one}_real"]} != {None}
        },
        numbers={name: cleaned[name] for name in NUMBERS if cleaned[name] is not None},
        origins={name: _origin(cleaned, name) for name in NUMBERS},
    )


def _cost(cleaned: Mapping[str, Any], line: str) -> CostLine:
    by = cleaned[f"{line}_by"]
    return CostLine(
        kind=CostKind(cleaned[f"{line}_kind"]),
        price=cleaned[f"{line}_price"],
        number=cleaned[f"{line}_number"],
        by=Stakeholder(by) if by else None,
        origin=_origin(cleaned, line),
    )


def _origin(cleaned: Mapping[str, Any], name: str) -> Origin:
    return Origin(cleaned[f"{name}_source"], cleaned[f"{name}_dated"])


def typed_from(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, without what is open: texts, and numbers with a point before the decimals."""
    return {
        name: value if isinstance(value, str) else canonical(value)
        for name, value in cleaned.items()
        if value not in (None, "")
    }
