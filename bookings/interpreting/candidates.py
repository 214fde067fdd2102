"""Who of the pool could take over what an absent interpreter has booked; the verb has the last word."""

from dataclasses import replace

from agencies.models import Shift
from agencies.rosters.held import Held, held_of, left_outside
from bookings.interpreting.cover import serves
from bookings.interpreting.day import InterpreterDay
from bookings.interpreting.lanes import InterpreterLane, LanguageLanes
from interpreters.models import Interpreter

MOST = 3


def with_candidates(groups: list[LanguageLanes], day: InterpreterDay) -> list[LanguageLanes]:
    """The lanes with who could take over what absent ones have booked; five queries if there is anything."""
    if not any(lane.missed for group in groups for lane in group.lanes):
        return groups
    pool = Interpreter.objects.filter(sites=day.site_day.location.site_id).select_related("resource")
    colleagues = list(pool.prefetch_related("masteries", "resource__absences", "resource__shifts__breaks"))
    hours = day.site_day.opens_at, day.site_day.closes_at
    held = held_of([one.resource_id for one in colleagues], hours)
    return [
        replace(group, lanes=tuple(_with_others(lane, day, colleagues, held) for lane in group.lanes))
        for group in groups
    ]


def _with_others(
    lane: InterpreterLane, day: InterpreterDay, pool: list[Interpreter], held: list[Held]
) -> InterpreterLane:
    if not lane.missed or lane.shift is None or lane.interpreter is None:
        return lane
    needs = [one for one in held if one.resource == lane.shift.resource_id]
    languages = {
        one.language for one in day.met if one.interpreter_id == lane.interpreter.pk and one.language
    }
    fit = [
        one
        for one in pool
        if one != lane.interpreter
        and languages <= set(serves(one))
        and _is_free(one, lane.shift, needs, [taken for taken in held if taken.resource == one.resource_id])
    ]
    return replace(lane, others=tuple(fit[:MOST]))


def _is_free(other: Interpreter, shift: Shift, needs: list[Held], taken: list[Held]) -> bool:
    gone = [(one.starts_at, one.ends_at) for one in other.resource.absences.all()]
    busy = [(one.starts_at, one.ends_at) for one in taken]
    own = [
        one
        for one in other.resource.shifts.all()
        if one.starts_at < shift.ends_at and one.ends_at > shift.starts_at
    ]
    if not own:
        return not left_outside(needs, hours=[(shift.starts_at, shift.ends_at)], breaks=[*gone, *busy])
    there = own[0]
    pauses = [(one.starts_at, one.ends_at) for one in there.breaks.all()]
    hours = [(there.starts_at, there.ends_at)]
    is_here = there.site_day_id == shift.site_day_id and there.state == Shift.State.APPROVED
    return is_here and not left_outside(needs, hours=hours, breaks=[*gone, *busy, *pauses])
