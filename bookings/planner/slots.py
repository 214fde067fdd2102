"""Slots of five minutes, the planner's unit of time; moments are in seconds or in slots since 1970."""

from collections.abc import Iterable

SLOT_MINUTES = 5
SLOT_SECONDS = SLOT_MINUTES * 60
Span = tuple[int, int]  # half-open


def ceil_div(amount: int, unit: int) -> int:
    """How many units the amount takes, one that is begun counted whole."""
    return -(-amount // unit)


def slots_for(minutes: int) -> int:
    """How many slots the minutes take."""
    return ceil_div(minutes, SLOT_MINUTES)


def whole_slots(spans: Iterable[Span]) -> list[Span]:
    """Spans of seconds as spans of the slots that lie wholly within them: what is free."""
    # Divided in place, as below: a search has thousands of spans, and a call for each would cost milliseconds.
    return [(-(-start // SLOT_SECONDS), end // SLOT_SECONDS) for start, end in spans]


def touched_slots(spans: Iterable[Span]) -> list[Span]:
    """Spans of seconds as spans of the slots that they touch: what is taken."""
    return [(start // SLOT_SECONDS, -(-end // SLOT_SECONDS)) for start, end in spans]
