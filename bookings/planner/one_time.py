"""One meeting of a booked chain at a time that somebody names: possible or not, why not, and the nearest that are."""

from collections.abc import Iterable, Sequence

from bookings.planner.bits import span
from bookings.planner.checker import check
from bookings.planner.elsewhere import within
from bookings.planner.plans import best_plans
from bookings.planner.problem import Calendar, Placed, Plan, Problem, Stop

NOT_OF_THE_TIME = {"waiting", "pay", "time_order", "length"}


def at_or_near(problem: Problem, agency: str, start: int) -> tuple[Plan, ...]:
    """The plan in which the agency's meeting begins then; without one, the nearest before and after it, if any.

    The problem has one day, and its other stops a fixed `start`.
    """
    if exact := _at(problem, agency, start):
        return (exact,)
    day = problem.days[0]
    last = day.offset + day.slots
    before = range(min(start, last) - 1, day.offset - 1, -1)
    after = range(max(start + 1, day.offset), last)
    near = (_first(problem, agency, starts) for starts in (before, after))
    return tuple(plan for plan in near if plan)


def what_prevents(problem: Problem, agency: str, start: int) -> tuple[str, ...]:
    """The names of the conditions that the meeting would violate then, as of the interpreter who violates fewest."""
    day = problem.days[0]
    if not day.offset <= start <= day.offset + day.slots - _stop(problem, agency).slots:
        return ("day",)
    held: list[int | None] = [one.resource for one in problem.interpreters or ()]
    plans = (_placed(problem, agency, start, interpreter) for interpreter in held or [None])
    complaints = (tuple(one for one in check(problem, plan) if one not in NOT_OF_THE_TIME) for plan in plans)
    return min(complaints, key=len)


def _at(problem: Problem, agency: str, start: int) -> Plan | None:
    slots = _stop(problem, agency).slots
    if start < 0:
        return None
    return next(iter(best_plans(within(problem, agency, span(start, start + slots)), limit=1)), None)


def _first(problem: Problem, agency: str, starts: Iterable[int]) -> Plan | None:
    return next(filter(None, (_at(problem, agency, start) for start in starts)), None)


def _stop(problem: Problem, agency: str) -> Stop:
    return next(stop for stop in problem.stops if stop.agency == agency)


def _placed(problem: Problem, agency: str, start: int, interpreter: int | None) -> Plan:
    """The chain with the meeting then, whether it can be so or not."""
    meetings = []
    for stop in problem.stops:
        at = start if stop.agency == agency or stop.start is None else stop.start
        end = at + stop.slots
        room = None if stop.rooms is None else _free(stop.rooms, at, end)
        meetings.append(Placed(stop.agency, at, end, _free(stop.desks, at, end) or 0, room))
    meetings.sort(key=lambda meeting: meeting.start)
    return Plan(0, tuple(meetings), interpreter, 0, 0)


def _free(calendars: Sequence[Calendar], start: int, end: int) -> int | None:
    """One that is free then, else the first."""
    needed = span(start, end)
    free = [one.resource for one in calendars if not needed & ~one.free]
    return next(iter([*free, *(one.resource for one in calendars)]), None)
