"""How well a waiting party fits into freed time; without Django."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FittingParty:
    """A waiting party with the best day that the planner has found for it in the freed time.

    `speaks`: the interpreter who is free now speaks its language; `left_out`: agencies without a desk then;
    `minutes`: how long the day takes.
    """

    key: int
    speaks: bool
    left_out: int
    minutes: int
    since: datetime


def best_fit(found: list[FittingParty], *, minutes: int) -> FittingParty | None:
    """The interpreter's language first, then no agency left out, then the size, then who has waited longest."""
    in_order = sorted(
        found, key=lambda one: (not one.speaks, one.left_out, abs(one.minutes - minutes), one.since, one.key)
    )
    return in_order[0] if in_order else None
