"""Rules for interpreters: a claim includes the walk after its meeting; pay covers the day from first to last claim."""

from bookings.planner.bits import erode, highest, lowest
from bookings.planner.problem import Calendar, Day


def claim_end(calendar: Calendar, end: int, walk: int) -> int:
    """Where the interpreter's claim of a meeting that ends at `end` ends: after the walk, or earlier with the shift."""
    reach = end
    while reach < end + walk and calendar.hours >> reach & 1:
        reach += 1
    return reach


def interpreter_starts(calendar: Calendar, slots: int, walk: int) -> int:
    """The starts at which the interpreter is free for the meeting and for the walk that follows."""
    blocked = claimed = calendar.hours & calendar.busy if walk else 0
    for _ in range(walk - 1):
        claimed = (claimed >> 1) & calendar.hours
        blocked |= claimed
    return erode(calendar.free, slots) & ~(blocked >> slots)


def cheapest_end(interpreter: Calendar | None, day: Day, ends: int, length: int) -> tuple[int, int]:
    """The least added pay, in slots, among chains of this length with one of these ends, and the earliest such end.

    Pay runs from the first to the last busy slot of the day; the walk after the last meeting is unpaid.
    As the end moves later, added pay falls, stays level and rises, so only the two ends next to `flat` are compared.
    """
    busy = (interpreter.busy >> day.offset) & ((1 << day.slots) - 1) if interpreter else 0
    if not busy:
        return (length if interpreter else 0, lowest(ends))
    first, last = day.offset + lowest(busy), day.offset + highest(busy) + 1
    flat = min(first + length, last)
    below = highest(ends & ((1 << flat) - 1))
    above = lowest(ends >> flat << flat)
    return min(
        (max(last, end) - min(first, end - length) - (last - first), end)
        for end in (below, above)
        if end >= 0
    )
