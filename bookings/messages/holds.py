"""What else may hold a reminder back: rooms that know of a reason register it when the app is loaded."""

from collections.abc import Callable

from bookings.models import Message

# Gives the code of the reason, or "".
Hold = Callable[[Message], str]
HOLDS: list[Hold] = []


def register(hold: Hold) -> None:
    """Let it be asked before each reminder."""
    if hold not in HOLDS:
        HOLDS.append(hold)


def why_held(message: Message) -> str:
    """The first reason that holds the reminder back, or ""."""
    return next(filter(None, (hold(message) for hold in HOLDS)), "")
