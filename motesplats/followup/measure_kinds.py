"""What a measure is: its code, name, definition and unit, and how its value is worked out of sums."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a value is worked out of its sums: the amount, the amount by its number, a share of it, or the median."""

    COUNT = "count"
    MEAN = "mean"
    SHARE = "share"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure; `by`: the dimensions into which it is divided, besides month and site."""

    code: str
    name: Any
    definition: Any
    kind: Kind = Kind.COUNT
    unit: Any = ""
    by: tuple[str, ...] = ()
