"""A reference solution by constraint programming: a chain of one day as a model for OR-Tools."""

from itertools import combinations, pairwise

from ortools.sat.python import cp_model

from bookings.planner import Calendar, Problem


def best_by_constraints(problem: Problem) -> tuple[int, int, int] | None:
    """The least waiting, then pay, then end on the problem's only day; None when there is no chain."""
    (day,) = problem.days
    top = day.offset + day.slots
    model = cp_model.CpModel()
    starts = {s.agency: model.new_int_var(day.offset, top - s.slots, s.agency) for s in problem.stops}
    ends = {s.agency: starts[s.agency] + s.slots for s in problem.stops}
    _add_order(model, problem, starts, ends)
    for stop in problem.stops:
        for pool in [stop.desks] if stop.rooms is None else [stop.desks, stop.rooms]:
            chosen = [model.new_bool_var("") for _ in pool]
            model.add_exactly_one(chosen)
            for calendar, used in zip(pool, chosen, strict=True):
                _keep_off(model, ~calendar.free, top, starts[stop.agency], stop.slots, used)
    first, last = model.new_int_var(0, top, "first"), model.new_int_var(0, top, "last")
    model.add_min_equality(first, list(starts.values()))
    model.add_max_equality(last, list(ends.values()))
    pay = _add_interpreter(model, problem, starts, first, last)
    model.minimize((last - first) * 1_000_000 + pay * 1_000 + last)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    if status == cp_model.INFEASIBLE:
        return None
    count = len(problem.stops)
    least = sum(stop.slots for stop in problem.stops) + problem.walk * (count - 1)
    least += problem.break_slots if 0 < problem.break_after < count else 0
    return solver.value(last) - solver.value(first) - least, solver.value(pay), solver.value(last)


def _add_order(model, problem, starts, ends):
    """Pairwise order, walks, precedence, and the break between two ranks."""
    precedes = {}
    for a, b in combinations(starts, 2):
        precedes[a, b] = model.new_bool_var("")
        precedes[b, a] = precedes[a, b].negated()
    ranks = {agency: sum(var for (_, b), var in precedes.items() if b == agency) for agency in starts}
    for (a, b), var in precedes.items():
        model.add(starts[b] >= ends[a] + problem.walk).only_enforce_if(var)
        if (a, b) in problem.before:
            model.add(var == 1)
        if problem.break_after:
            early, late = model.new_bool_var(""), model.new_bool_var("")
            _flag(model, ranks[a], problem.break_after, early.negated())
            _flag(model, ranks[b], problem.break_after, late)
            rested = ends[a] + problem.walk + problem.break_slots
            model.add(starts[b] >= rested).only_enforce_if(early, late)


def _flag(model, rank, least, flag):
    model.add(rank >= least).only_enforce_if(flag)
    model.add(rank < least).only_enforce_if(flag.negated())


def _add_interpreter(model, problem, starts, first, last):
    """One interpreter for the chain, its walks clear of other claims; returns the added pay."""
    pay = model.new_int_var(0, 1_000, "pay")
    if problem.interpreters is None:
        model.add(pay == 0)
        return pay
    (day,) = problem.days
    top = day.offset + day.slots
    chosen = [model.new_bool_var("") for _ in problem.interpreters]
    model.add_exactly_one(chosen)
    for calendar, used in zip(problem.interpreters, chosen, strict=True):
        for stop in problem.stops:
            _keep_off(model, ~calendar.hours, top, starts[stop.agency], stop.slots, used)
            _keep_off(model, calendar.busy, top, starts[stop.agency], stop.slots + problem.walk, used)
        busy = [slot for slot in range(day.offset, top) if calendar.busy >> slot & 1]
        low, high = model.new_int_var(0, top, ""), model.new_int_var(0, top, "")
        model.add_min_equality(low, [first, *busy[:1]])
        model.add_max_equality(high, [last, *(slot + 1 for slot in busy[-1:])])
        paid = busy[-1] + 1 - busy[0] if busy else 0
        model.add(pay == high - low - paid).only_enforce_if(used)
    return pay


def _keep_off(model, closed: int, top: int, start, slots: int, used):
    """When used, start .. start + slots overlaps no closed run below the top."""
    edges = [slot for slot in range(top + 1) if (closed >> slot & 1) != (slot and closed >> (slot - 1) & 1)]
    runs = [(a, b) for a, b in pairwise([*edges, top]) if closed >> a & 1 and a < b]
    fixed = [model.new_fixed_size_interval_var(a, b - a, "") for a, b in runs]
    meeting = model.new_optional_fixed_size_interval_var(start, slots, used, "")
    model.add_no_overlap([*fixed, meeting])


def wide_shifts(calendar: Calendar, opening: int) -> Calendar:
    """The calendar on all opening hours: no gap that a walk could leap over."""
    return Calendar(calendar.resource, opening, calendar.busy & opening)
