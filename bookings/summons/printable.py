"""What is sent to the render process to be printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FittedPart:
    """A section of the HTML, by its id, that is set in the largest type that has room.

    `guesses` are its height in mm in each size, from large to small; size 1 is the first of them. It takes one page;
    `may_go_on`: or, in the largest size, as many as it needs, as long as the last is not nearly empty.
    """

    guesses: tuple[float, ...]
    may_go_on: bool = False


@dataclass(frozen=True, slots=True)
class Printable:
    """HTML with the names of its style sheets, and its parts by their ids."""

    html: str
    sheets: tuple[str, ...]
    parts: Mapping[str, FittedPart] = field(default_factory=dict)
