"""Checks a plan slot by slot before it is booked, sharing no code with the search so as not to share its faults."""

from collections.abc import Iterator
from itertools import pairwise

from bookings.planner.problem import Calendar, Day, Placed, Plan, Problem, Stop


def check(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """The names of the conditions that the plan violates; empty if it is valid."""
    stops = {stop.agency: stop for stop in problem.stops}
    if sorted(meeting.agency for meeting in plan.meetings) != sorted(stops):
        return ("agencies",)
    if not 0 <= plan.day < len(problem.days):
        return ("day",)
    meetings = sorted(plan.meetings, key=lambda meeting: meeting.start)
    named = dict.fromkeys(_chain(problem, plan, meetings))
    for meeting in meetings:
        named |= dict.fromkeys(_meeting(stops[meeting.agency], meeting))
    named |= dict.fromkeys(_interpreter(problem, plan, meetings))
    return tuple(named)


def _chain(problem: Problem, plan: Plan, meetings: list[Placed]) -> Iterator[str]:
    """The party: one meeting at a time, walks, break, lunch, order, one day, waiting as the plan says."""
    if list(plan.meetings) != meetings:
        yield "time_order"
    needed, pauses = 0, list[tuple[int, int]]()
    for count, (earlier, later) in enumerate(pairwise(meetings), start=1):
        gap = later.start - earlier.end
        if gap < 0:
            yield "two_places"
        if gap < problem.walk:
            yield "walk"
        rest = problem.break_slots if count == problem.break_after else 0
        if rest and gap < problem.walk + rest:
            yield "break"
        needed += problem.walk + rest
        pauses.append((_lunch_slots(problem, earlier.end + problem.walk, later.start), rest))
    begins = {meeting.agency: meeting.start for meeting in meetings}
    for first, then in problem.before:
        if first in begins and then in begins and begins[first] >= begins[then]:
            yield "precedence"
    day = problem.days[plan.day]
    if meetings[0].start < day.offset or meetings[-1].end > day.offset + day.slots:
        yield "day"
    needed += sum(stop.slots for stop in problem.stops)
    needed += max((max(lunch - rest, 0) for lunch, rest in pauses), default=0)
    if _passes_lunch(problem, day, meetings) and not any(lunch for lunch, _ in pauses):
        yield "lunch"
    if plan.waiting != meetings[-1].end - meetings[0].start - needed:
        yield "waiting"


def _lunch_slots(problem: Problem, free: int, busy: int) -> int:
    """How many slots of lunch lie between two slots; 0 if they are too few."""
    if problem.lunch is None:
        return 0
    slots = sum(_has(problem.lunch.window, slot) for slot in range(free, busy))
    return 0 if slots < problem.lunch.least else min(slots, problem.lunch.most)


def _passes_lunch(problem: Problem, day: Day, meetings: list[Placed]) -> bool:
    """Whether the chain begins before the day's lunch window and ends after it."""
    slots = range(day.offset, day.offset + day.slots)
    window = [slot for slot in slots if problem.lunch and _has(problem.lunch.window, slot)]
    return bool(window) and meetings[0].start < window[0] and meetings[-1].end > window[-1] + 1


def _meeting(stop: Stop, meeting: Placed) -> Iterator[str]:
    """One meeting: its length, its window or start, its desk and its room."""
    if meeting.end - meeting.start != stop.slots:
        yield "length"
    if stop.start is not None and meeting.start != stop.start:
        yield "locked"
    if stop.window is not None and not all(_has(stop.window, slot) for slot in _slots(meeting)):
        yield "window"
    if not _is_free(stop.desks, meeting.desk, meeting):
        yield "desk"
    if stop.rooms is None:
        if meeting.room is not None:
            yield "room"
    elif not _is_free(stop.rooms, meeting.room, meeting):
        yield "room"


def _interpreter(problem: Problem, plan: Plan, meetings: list[Placed]) -> Iterator[str]:
    """The interpreter: free for every meeting and the walk after it, added pay as the plan says."""
    if problem.interpreters is None:
        if plan.interpreter is not None:
            yield "interpreter"
        if plan.added_pay != 0:
            yield "pay"
        return
    held = [calendar for calendar in problem.interpreters if calendar.resource == plan.interpreter]
    if len(held) != 1:
        yield "interpreter"
        return
    calendar = held[0]
    for meeting in meetings:
        if not _is_free(held, calendar.resource, meeting) or not _walk_is_free(
            calendar, meeting.end, problem.walk
        ):
            yield "interpreter"
    day = problem.days[plan.day]
    busy = [slot for slot in range(day.offset, day.offset + day.slots) if _has(calendar.busy, slot)]
    chain = [meetings[0].start, meetings[-1].end - 1]
    paid = max(busy) - min(busy) + 1 if busy else 0
    if plan.added_pay != max(busy + chain) - min(busy + chain) + 1 - paid:
        yield "pay"


def _walk_is_free(calendar: Calendar, end: int, walk: int) -> bool:
    """Whether nothing is claimed in the walk's slots; the walk ends early where the shift does."""
    for slot in range(end, end + walk):
        if not _has(calendar.hours, slot):
            return True
        if _has(calendar.busy, slot):
            return False
    return True


def _is_free(calendars: tuple[Calendar, ...] | list[Calendar], resource: int | None, meeting: Placed) -> bool:
    """Whether the resource has one of the calendars and is on shift and unclaimed during the whole meeting."""
    return any(
        all(_has(calendar.hours, slot) and not _has(calendar.busy, slot) for slot in _slots(meeting))
        for calendar in calendars
        if calendar.resource == resource
    )


def _slots(meeting: Placed) -> range:
    return range(meeting.start, meeting.end)


def _has(bits: int, slot: int) -> bool:
    return slot >= 0 and bool(bits >> slot & 1)
