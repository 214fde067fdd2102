"""Folds consent events into each adult's present answer, and tells until when the answers open something. No Django.

The one order is that in which the events were written, the order of `pk`: they are written one after the other, while
their moments were read from several clocks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class AnswerEvent(Protocol):
    """What the fold reads of a ConsentEvent."""

    @property
    def kind(self) -> str: ...
    @property
    def newcomer_id(self) -> int: ...
    @property
    def until(self) -> datetime: ...
    @property
    def at(self) -> datetime: ...
    @property
    def channel(self) -> str: ...
    @property
    def pk(self) -> int: ...
    @property
    def is_shut(self) -> bool: ...


STATES = ("given", "refused", "withdrawn", "ended")


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """One adult's present answer; `state` is given, refused, withdrawn or ended, `channel` link or paper."""

    state: str
    said_at: datetime
    until: datetime
    channel: str

    @property
    def is_yes(self) -> bool:
        return self.state == "given"


def present_answers(events: Iterable[AnswerEvent], *, at: datetime) -> dict[int, ConsentAnswer]:
    """By newcomer's primary key the answer in the event of each that was written last.

    A yes ends by `at`, or when it was shut.
    """
    latest: dict[int, AnswerEvent] = {}
    for event in events:
        before = latest.get(event.newcomer_id)
        if before is None or before.pk < event.pk:
            latest[event.newcomer_id] = event
    return {
        who: ConsentAnswer(_state(event, at=at), event.at, event.until, event.channel)
        for who, event in latest.items()
    }


def open_until(answers: Mapping[int, ConsentAnswer], *, adults: int) -> datetime | None:
    """The earliest end of the adults' yeses, or None unless all `adults` of them say yes."""
    ends = [answer.until for answer in answers.values() if answer.is_yes]
    return min(ends) if ends and len(ends) == adults else None


def _state(event: AnswerEvent, *, at: datetime) -> str:
    return "ended" if event.kind == "given" and (event.is_shut or event.until <= at) else event.kind
