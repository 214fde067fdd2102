"""Who sends which kind of dispatch; each app registers its handlers when it is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from agencies.models import Dispatch

# Celery's queues, each with a worker of its own; and how many dispatches one lease covers in each.
QUICK, LETTERS, MESSAGES = "quick", "letters", "messages"
# Of messages so few that a gateway's every time-out fits into the lease.
BATCHES = {QUICK: 20, LETTERS: 1, MESSAGES: 5}


class Send(Protocol):
    """Sends the dispatch, unless that is done; called again after any error, or when a worker was killed."""

    def __call__(self, dispatch: Dispatch, /, *, at: datetime) -> Any: ...


class GiveUp(Protocol):
    """Writes down that the dispatch has been given up."""

    def __call__(self, dispatch: Dispatch, /, *, at: datetime) -> Any: ...


class NotYet(Exception):
    """Something that somebody must fill in is missing; the dispatch waits for it, however long, or `until` then."""

    def __init__(self, *args: object, until: datetime | None = None) -> None:
        super().__init__(*args)
        self.until = until


@dataclass(frozen=True)
class Handler:
    """What sends a kind of dispatch, the queue in whose worker it does, and whom to tell when it is given up."""

    send: Send
    queue: str
    give_up: GiveUp | None = None


HANDLERS: dict[str, Handler] = {}


def register(
    kind: str, send: Callable[..., Any], *, queue: str, give_up: Callable[..., Any] | None = None
) -> None:
    """Let `send` handle the dispatches of this kind."""
    assert queue in BATCHES
    HANDLERS[kind] = Handler(send, queue, give_up)


def kinds_in(queue: str) -> list[str]:
    """The kinds that are sent in the queue."""
    return [kind for kind, handler in HANDLERS.items() if handler.queue == queue]
