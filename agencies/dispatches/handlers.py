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


class NotYet(Exception):
    """Something that somebody must fill in is missing; the dispatch waits for it, however long that takes."""


@dataclass(frozen=True)
class Handler:
    """What sends a kind of dispatch, and the queue in whose worker it does."""

    send: Send
    queue: str


HANDLERS: dict[str, Handler] = {}


def register(kind: str, send: Callable[..., Any], *, queue: str) -> None:
    """Let `send` handle the dispatches of this kind."""
    assert queue in BATCHES
    HANDLERS[kind] = Handler(send, queue)


def kinds_in(queue: str) -> list[str]:
    """The kinds that are sent in the queue."""
    return [kind for kind, handler in HANDLERS.items() if handler.queue == queue]
