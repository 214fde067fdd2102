"""Meetings with several agencies at once: one stop stands for them all while a chain is planned or checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from bookings.planner.problem import Calendar, Placed, Plan, Problem, Stop

Desks = tuple[int, ...]  # of the host, then of those who are met with it


@dataclass(frozen=True, slots=True)
class Joint:
    """A problem in which the stop of each host stands for all that are met with it, as long as the longest of them.

    `joined`: of each host the others, by name. `desks`: the desks that are free at once, by what stands for them.
    """

    problem: Problem
    joined: Mapping[str, tuple[str, ...]]
    desks: Mapping[int, Desks]

    def unfolded(self, plan: Plan) -> Plan:
        """The plan with every meeting by itself, a host before those who are met with it."""
        meetings = (one for placed in plan.meetings for one in self._apart(placed))
        return replace(plan, meetings=tuple(meetings))

    def folded(self, plan: Plan) -> Plan:
        """The plan with one meeting for all that are held at once. Raises ValueError if they are not."""
        placed = {one.agency: one for one in plan.meetings}
        hidden = {name for names in self.joined.values() for name in names}
        meetings = (self._as_one(one, placed) for one in plan.meetings if one.agency not in hidden)
        return replace(plan, meetings=tuple(meetings))

    def _apart(self, placed: Placed) -> Iterator[Placed]:
        others = self.joined.get(placed.agency, ())
        desks = self.desks[placed.desk] if others else (placed.desk,)
        yield replace(placed, desk=desks[0])
        for name, desk in zip(others, desks[1:], strict=True):
            yield replace(placed, agency=name, desk=desk, room=None)

    def _as_one(self, host: Placed, placed: Mapping[str, Placed]) -> Placed:
        others = [placed[name] for name in self.joined.get(host.agency, ())]
        if not others:
            return host
        if any((one.start, one.end, one.room) != (host.start, host.end, None) for one in others):
            raise ValueError("Who is met together is met at one time, in one room.")
        wanted = (host.desk, *(one.desk for one in others))
        return replace(host, desk=next((key for key, desks in self.desks.items() if desks == wanted), 0))


def fold(problem: Problem, together: Mapping[str, str]) -> Joint:
    """The problem with one stop for all that are met together; `together` names the host of each of the others.

    A problem that lacks any of them is left as it is.
    """
    stops = {stop.agency: stop for stop in problem.stops}
    known = {name: host for name, host in together.items() if name in stops and host in stops}
    joined: dict[str, tuple[str, ...]] = {}
    for name, host in known.items():
        joined[host] = (*joined.get(host, ()), name)
    desks: dict[int, Desks] = {}
    kept = tuple(
        _one(stop, [stops[name] for name in joined[stop.agency]], desks) if stop.agency in joined else stop
        for stop in problem.stops
        if stop.agency not in known
    )
    before, prefer = _orders(problem.before, known), _orders(problem.prefer, known)
    return Joint(replace(problem, stops=kept, before=before, prefer=prefer), joined, desks)


def _one(host: Stop, others: list[Stop], desks: dict[int, Desks]) -> Stop:
    """The host's stop at desks that are all free at once; each combination is noted under a key below 0."""
    calendars = []
    for combination in product(host.desks, *(other.desks for other in others)):
        key = -len(desks) - 1
        desks[key] = tuple(calendar.resource for calendar in combination)
        hours, busy = combination[0].hours, 0
        for calendar in combination:
            hours, busy = hours & calendar.hours, busy | calendar.busy
        calendars.append(Calendar(key, hours, busy))
    return replace(host, slots=max(stop.slots for stop in (host, *others)), desks=tuple(calendars))


def _orders(pairs: frozenset[tuple[str, str]], together: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """The orders between those that are left; of two that are met at once none comes first."""
    named = {(together.get(first, first), together.get(then, then)) for first, then in pairs}
    return frozenset((first, then) for first, then in named if first != then)
