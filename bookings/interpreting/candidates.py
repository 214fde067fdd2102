"""Who of the pool could take over what an absent interpreter has booked; the verb has the last word."""

from dataclasses import dataclass, replace

from agencies.models import Absence, Shift
from agencies.rosters.held import Held, held_of, left_outside
from bookings.interpreting.cover import serves
from bookings.interpreting.day import InterpreterDay
from bookings.interpreting.lanes import InterpreterLane, LanguageLanes
from interpreters.models import Interpreter

MOST = 3


@dataclass(frozen=True, slots=True)
class PoolOfDay:
    """The site's interpreters with their shifts anywhere, absences and meetings of the day."""

    pool: list[Interpreter]
    shifts: list[Shift]
    absences: list[Absence]
    held: list[Held]


def with_candidates(groups: list[LanguageLanes], day: InterpreterDay) -> list[LanguageLanes]:
    """The lanes with who could take over what absent ones have booked; six queries if there is anything."""
    if not any(lane.missed for group in groups for lane in group.lanes):
        return groups
    pool = _pool_of(day)
    return [
        replace(group, lanes=tuple(_with_others(lane, day, pool) for lane in group.lanes)) for group in groups
    ]


def _pool_of(day: InterpreterDay) -> PoolOfDay:
    site_day = day.site_day
    found = Interpreter.objects.filter(sites=site_day.location.site_id).select_related("resource")
    pool = list(found.prefetch_related("masteries"))
    keys = [one.resource_id for one in pool]
    shifts = Shift.objects.filter(resource__in=keys, site_day__date=site_day.date)
    absences = Absence.objects.filter(
        resource__in=keys, starts_at__lt=site_day.closes_at, ends_at__gt=site_day.opens_at
    )
    held = held_of(keys, (site_day.opens_at, site_day.closes_at))
    return PoolOfDay(pool, list(shifts.prefetch_related("breaks")), list(absences), held)


def _with_others(lane: InterpreterLane, day: InterpreterDay, of_day: PoolOfDay) -> InterpreterLane:
    if not lane.missed or lane.shift is None or lane.interpreter is None:
        return lane
    met = [one.language for one in day.met if one.interpreter == lane.interpreter]
    languages = set(filter(None, met))
    fit = [
        one
        for one in of_day.pool
        if one != lane.interpreter and languages <= set(serves(one)) and _is_free(one, lane.shift, of_day)
    ]
    return replace(lane, others=tuple(fit[:MOST]))


def _is_free(other: Interpreter, shift: Shift, of_day: PoolOfDay) -> bool:
    """Whether nothing of what the shift has booked is in the way of the other one."""
    key = other.resource_id
    needs = [one for one in of_day.held if one.resource == shift.resource_id]
    busy = [(one.starts_at, one.ends_at) for one in of_day.held if one.resource == key]
    busy += [(one.starts_at, one.ends_at) for one in of_day.absences if one.resource_id == key]
    own = [
        one
        for one in of_day.shifts
        if one.resource_id == key and one.starts_at < shift.ends_at and one.ends_at > shift.starts_at
    ]
    there = own[0] if own else shift
    if there.site_day_id != shift.site_day_id or there.state != Shift.State.APPROVED:
        return False
    if own:
        busy += [(one.starts_at, one.ends_at) for one in there.breaks.all()]
    return not left_outside(needs, hours=[(there.starts_at, there.ends_at)], breaks=busy)
