"""What consent events add up to: each adult's present answer, and what is open until when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Said(Protocol):
    """One event; `pk` says which of two at the same moment came last."""

    kind: str
    newcomer_id: int
    until: datetime
    at: datetime
    pk: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What one adult says at present: given, refused, withdrawn or ended; without an answer nothing is open."""

    state: str
    said_at: datetime
    until: datetime

    @property
    def is_yes(self) -> bool:
        return self.state == "given"


def answers(events: Iterable[Said], *, at: datetime) -> dict[int, Answer]:
    """Each adult's last word, in whatever order the events come."""
    last: dict[int, Said] = {}
    for event in events:
        before = last.get(event.newcomer_id)
        if event.at <= at and (before is None or (before.at, before.pk) < (event.at, event.pk)):
            last[event.newcomer_id] = event
    return {who: Answer(_state(event, at=at), event.at, event.until) for who, event in last.items()}


def open_until(said: dict[int, Answer], *, adults: int) -> datetime | None:
    """When what is about all of them closes again; nothing unless each of so many adults says yes."""
    yes = [answer.until for answer in said.values() if answer.is_yes]
    return min(yes) if yes and len(yes) == adults else None


def _state(event: Said, *, at: datetime) -> str:
    return "ended" if event.kind == "given" and event.until <= at else event.kind
