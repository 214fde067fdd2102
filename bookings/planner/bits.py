"""Sets of slots as bits of an integer: bit n is slot n."""

from collections.abc import Iterable

from bookings.planner.problem import Calendar


def erode(free: int, slots: int) -> int:
    """The slots from which on at least this many slots in a row are free."""
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
    """The number of the lowest bit that is set; -1 if none is."""
    return (bits & -bits).bit_length() - 1


def highest(bits: int) -> int:
    """The number of the highest bit that is set; -1 if none is."""
    return bits.bit_length() - 1


def span(start: int, end: int) -> int:
    """The slots from `start` up to, not including, `end`."""
    return (1 << end) - (1 << start)


def free_run(free: int, start: int, end: int) -> int:
    """The length of the run of free slots that contains `start` up to `end`, which are free."""
    first = highest(~free & ((1 << start) - 1)) + 1
    return end + lowest(~(free >> end)) - first
