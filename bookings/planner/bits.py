"""Sets of slots as the bits of one integer."""

from collections.abc import Iterable

from bookings.planner.problem import Calendar


def erode(free: int, slots: int) -> int:
    """The starts at which so many free slots follow."""
    have = 1
    while have < slots:
        step = min(have, slots - have)
        free &= free >> step
        have += step
    return free


def any_start(calendars: Iterable[Calendar], slots: int) -> int:
    """The starts at which at least one of the calendars is free long enough."""
    starts = 0
    for calendar in calendars:
        starts |= erode(calendar.free, slots)
    return starts


def lowest(bits: int) -> int:
    """The place of the lowest bit; -1 when there is none."""
    return (bits & -bits).bit_length() - 1


def highest(bits: int) -> int:
    """The place of the highest bit; -1 when there is none."""
    return bits.bit_length() - 1


def span(start: int, end: int) -> int:
    """All slots from start up to, not including, end."""
    return (1 << end) - (1 << start)


def free_run(free: int, start: int, end: int) -> int:
    """How long the free run is in which the free slots start..end lie."""
    first = highest(~free & ((1 << start) - 1)) + 1
    return end + lowest(~(free >> end)) - first
