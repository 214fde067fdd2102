"""Folds consent events into each adult's present answer, and tells until when the answers open something. No Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class AnswerEvent(Protocol):
    """What the fold reads of a ConsentEvent; of two at the same moment, the one with the higher `pk` is the later."""

    @property
    def kind(self) -> str: ...
    @property
    def newcomer_id(self) -> int: ...
    @property
    def until(self) -> datetime: ...
    @property
    def at(self) -> datetime: ...
    @property
    def pk(self) -> int: ...


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """One adult's present answer; `state` is given, refused, withdrawn or ended."""

    state: str
    said_at: datetime
    until: datetime

    @property
    def is_yes(self) -> bool:
        return self.state == "given"


def present_answers(events: Iterable[AnswerEvent], *, at: datetime) -> dict[int, ConsentAnswer]:
    """By newcomer's primary key the answer in each one's latest event until `at`, whatever the order of `events`."""
    latest: dict[int, AnswerEvent] = {}
    for event in events:
        before = latest.get(event.newcomer_id)
        if event.at <= at and (before is None or (before.at, before.pk) < (event.at, event.pk)):
            latest[event.newcomer_id] = event
    return {who: ConsentAnswer(_state(event, at=at), event.at, event.until) for who, event in latest.items()}


def open_until(answers: Mapping[int, ConsentAnswer], *, adults: int) -> datetime | None:
    """The earliest end of the adults' yeses, or None unless all `adults` of them say yes."""
    ends = [answer.until for answer in answers.values() if answer.is_yes]
    return min(ends) if ends and len(ends) == adults else None


def _state(event: AnswerEvent, *, at: datetime) -> str:
    return "ended" if event.kind == "given" and event.until <= at else event.kind
