"""A chain's messages as its page shows them: what failed, what is to come, what went out with its fate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from agencies.clock import local
from bookings.messages.fates import words_of
from bookings.models import Channel, Message
from bookings.parties.names import short_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from bookings.models import Newcomer

State = Message.State
TONES = {
    State.PLANNED: "planned",
    State.SENT: "ok",
    State.DELIVERED: "ok",
    State.FAILED: "no",
    State.DROPPED: "held",
}


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message with whom it goes to, when, and its fate in words."""

    message: Message
    name: str  # of the adult whose link it carries; empty for a letter
    moment: datetime
    why: "StrOrPromise"
    place_in_queue: int  # of a letter that waits to be posted, else 0

    @property
    def tone(self) -> str:
        return TONES[State(self.message.state)]

    @property
    def is_open(self) -> bool:
        """Whether it has failed and nobody has handled it."""
        return self.message.state == State.FAILED and self.message.handled_at is None

    @property
    def is_letter(self) -> bool:
        return self.message.channel == Channel.LETTER


@dataclass(frozen=True, slots=True)
class MessageLines:
    """All lines: those that failed, those to come in order, and the others by day, the last first."""

    failed: list[MessageLine]
    coming: list[MessageLine]
    by_day: list[tuple[date, list[MessageLine]]]
    waits_for_gateway: bool


def lines_of(
    found: Iterable[Message], people: Iterable["Newcomer"], *, queue: dict[int, int]
) -> MessageLines:
    """The page's lines; `queue`: the place of each letter that waits to be posted."""
    members = {one.pk: one for one in people}
    lines = [_line(one, members, queue) for one in found]
    coming = [one for one in lines if one.message.state == State.PLANNED]
    others = [one for one in lines if one.message.state != State.PLANNED]
    others.sort(key=lambda one: one.moment, reverse=True)
    days = groupby(others, key=lambda one: local(one.moment).date())
    return MessageLines(
        [one for one in others if one.is_open],
        sorted(coming, key=lambda one: one.moment),
        [(day, list(each)) for day, each in days],
        any(one.message.why == "no_gateway" for one in coming),
    )


def _line(message: Message, members: dict[int, "Newcomer"], queue: dict[int, int]) -> MessageLine:
    adult = members.get(message.newcomer_id or 0)
    settled = message.sent_at or message.settled_at or message.due_at
    moment = message.due_at if message.state == State.PLANNED else settled
    name = short_name(adult, members.values()) if adult else ""
    return MessageLine(message, name, moment, words_of(message.why), queue.get(message.pk, 0))
