"""What is sent to the render process to be printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FittedPart:
    """A section of the HTML, by its id, that is set in the largest type that has room.

    `guesses` are its height in mm in each size, from large to small; size 1 is the first of them. `pages` are how many
    pages it may take; 0 for any number, as long as the last is not nearly empty.
    """

    guesses: tuple[float, ...]
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Printable:
    """HTML with the names of its style sheets, and its parts by their ids."""

    html: str
    sheets: tuple[str, ...]
    parts: Mapping[str, FittedPart] = field(default_factory=dict)
