"""Threads that begin what they do at the same moment, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from agencies.models import User
from agencies.read_log.notes import taking_notes
from agencies.refusals import Refusal
from agencies.secrecy.context import Viewer, acting_as, viewer_of

PATIENCE = 60  # seconds

Act = Callable[[], Any]


class Together:
    """So many threads; they keep their connections from one round to the next."""

    def __init__(self, number: int) -> None:
        self.gate = Barrier(number)
        self.hands = [ThreadPoolExecutor(1) for _ in range(number)]

    def __enter__(self) -> "Together":
        return self

    def __exit__(self, *_error: object) -> None:
        for hand in self.hands:
            hand.submit(lambda: connection.close()).result(PATIENCE)  # noqa: PLW0108  the connection of that thread
            hand.shutdown()

    def do(self, *acts: Act) -> list[Any]:
        """What each act gives, or with which kind of refusal it is refused."""
        tasks = [hand.submit(self._do, act) for hand, act in zip(self.hands, acts, strict=True)]
        return [task.result(PATIENCE) for task in tasks]

    def _do(self, act: Act) -> Any:
        self.gate.wait(PATIENCE)
        try:
            return act()
        except Refusal as refusal:
            return refusal.kind


def acting_for(whom: User | Viewer, act: Act) -> Act:
    """The act in a transaction of the user or of the holder of a link."""

    def acted() -> Any:
        with acting_as(viewer_of(whom) if isinstance(whom, User) else whom), taking_notes():
            return act()

    return acted
