"""Other times for one meeting of a booked chain; the other meetings keep theirs."""

from dataclasses import replace

from bookings.planner.bits import span
from bookings.planner.plans import best_plans
from bookings.planner.problem import Plan, Problem, Stop

APART = 3  # slots, at least, between the starts of two suggestions


def other_times(problem: Problem, agency: str, *, taken: int, limit: int = 3) -> tuple[Plan, ...]:
    """Plans in which the agency's meeting begins at least APART slots before or after `taken`, best first.

    The problem has one day, and its other stops a fixed `start`.
    """
    slots = next(stop.slots for stop in problem.stops if stop.agency == agency)
    found: list[Plan] = []
    spans = _beside(problem.days[0].offset, problem.days[0].offset + problem.days[0].slots, taken, slots)
    while spans and len(found) < limit:
        first, last = spans.pop(0)
        for plan in best_plans(within(problem, agency, span(first, last)), limit=1):
            found.append(plan)
            start = next(meeting.start for meeting in plan.meetings if meeting.agency == agency)
            spans += _beside(first, last, start, slots)
    return tuple(sorted(found, key=lambda plan: (plan.waiting, plan.added_pay, plan.meetings[-1].end)))


def within(problem: Problem, agency: str, window: int) -> Problem:
    """The problem with the agency's meeting limited to these slots, of those that it may have."""
    stops = tuple(_narrowed(stop, window) if stop.agency == agency else stop for stop in problem.stops)
    return replace(problem, stops=stops)


def _narrowed(stop: Stop, window: int) -> Stop:
    return replace(stop, window=window if stop.window is None else stop.window & window)


def _beside(first: int, last: int, start: int, slots: int) -> list[tuple[int, int]]:
    """The parts of first..last in which a meeting of so many slots begins APART slots before or after `start`."""
    parts = [(first, start - APART + slots), (start + APART, last)]
    return [(lowest, highest) for lowest, highest in parts if highest - lowest >= slots]
