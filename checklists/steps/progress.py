"""How far a checklist has come, counted from its lines. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One step as its reader sees it; `agency` is the code of the agency whose step it is."""

    key: str
    agency: str
    text: str
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` steps, and the first that is not done."""

    done: int
    total: int
    next: ChecklistLine | None


def progress_of(lines: Sequence[ChecklistLine]) -> Progress:
    """The progress of lines that come in the order in which they are to be done."""
    left = [line for line in lines if line.done_on is None]
    return Progress(done=len(lines) - len(left), total=len(lines), next=left[0] if left else None)
