"""The API's body, once cleaned, as assumptions."""

from collections.abc import Mapping
from typing import Any

from motesplats.followup.benefit.assumptions import (
    NUMBERS,
    Assumptions,
    CostKind,
    CostLine,
    Origin,
    YearlyEffect,
)
from motesplats.followup.benefit.stakeholders import Stakeholder


def assumptions_in(body: Mapping[str, Any]) -> Assumptions:
    """A cost in one sum comes before those that are divided."""
    lines = [_line(line) for line in body.get("costs", ())]
    if body.get("cost") is not None:
        lines.insert(0, CostLine(CostKind.OTHER, body["cost"]))
    return Assumptions(
        costs=tuple(lines),
        effects={Stakeholder(effect["party"]): _effect(effect) for effect in body.get("effects", ())},
        numbers={name: body[name] for name in NUMBERS if body.get(name) is not None},
        origins={name: Origin(**origin) for name, origin in body.get("origins", {}).items()},
    )


def _line(line: Mapping[str, Any]) -> CostLine:
    by = line.get("paid_by")
    return CostLine(
        kind=CostKind(line["cost_kind"]),
        price=line["price"],
        number=line.get("number"),
        by=Stakeholder(by) if by else None,
        origin=Origin(**line.get("origin", {})),
    )


def _effect(effect: Mapping[str, Any]) -> YearlyEffect:
    origin = Origin(**effect.get("origin", {}))
    return YearlyEffect(effect.get("transfer"), effect.get("real"), origin)
