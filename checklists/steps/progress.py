"""How far a checklist has come: a fold over the lines that its reader sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """One step as its reader sees it: what, whose, and since when it is done."""

    key: str
    agency: str
    text: str
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps, and the first that is not done yet."""

    done: int
    total: int
    next: Line | None


def progress_of(lines: Sequence[Line]) -> Progress:
    """Lines come in the order in which they are to be done."""
    left = [line for line in lines if line.done_on is None]
    return Progress(done=len(lines) - len(left), total=len(lines), next=left[0] if left else None)
