"""Why days do not work, as hints."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from agencies.clock import local
from agencies.models import Site
from bookings.attendance.keys import agency_of
from bookings.planner import SLOT_MINUTES, Reason, what_prevents, why_not
from bookings.proposals.answer import Hint, Option
from bookings.proposals.choose import Possible
from bookings.proposals.day_problems import DayProblem

MOST_EXPLAINED = 5
RANGE = timedelta(weeks=3)


def closed(site: Site, *, last: date, at: datetime) -> Hint:
    soonest = local(at).date() + timedelta(days=site.minimum_notice_days)
    if last >= soonest:
        return Hint("closed")
    change = {"from": soonest.isoformat(), "to": (soonest + RANGE).isoformat()}
    return Hint("notice", day=soonest, change=change)


def not_possible(
    problems: Sequence[DayProblem], possible: Possible, options: Sequence[Option]
) -> tuple[Hint, ...]:
    """Why the open days before the last proposal have none: the first MOST_EXPLAINED of them."""
    there = {(number, day) for _date, number, day in possible}
    works, last = {day for day, *_ in possible}, options[-1].site_day.date
    days = sorted(
        (problem.site_day(day).date, number, day)
        for number, problem in enumerate(problems)
        for day in range(len(problem.days))
        if (number, day) not in there and problem.site_day(day).date < last
    )
    hints = []
    for on, number, day in [one for one in days if one[0] not in works][:MOST_EXPLAINED]:
        only = problems[number].only(day)
        reasons = why_not(only.problem)
        hints += [replace(_hint(only, reason), day=on) for reason in reasons[:1]]
    return tuple(hints)


# Of what the checker names, as a hint's kind; the first that applies is told.
PREVENTS = {
    "day": "shut_then",
    "two_places": "party_busy",
    "walk": "party_busy",
    "precedence": "order_then",
    "interpreter": "interpreter_busy",
    "desk": "desk_busy",
    "window": "shut_then",
    "room": "room_busy",
    "break": "no_break",
    "lunch": "no_lunch",
}


def prevented(problems: Sequence[DayProblem]) -> tuple[Hint, ...]:
    """Why the meeting that is to move cannot begin when somebody wants it to."""
    found = [one for one in problems if one.sought is not None]
    return tuple(hint for one in found for hint in _prevented(one))


def _prevented(day_problem: DayProblem) -> tuple[Hint, ...]:
    assert day_problem.sought is not None
    named = what_prevents(day_problem.problem, day_problem.meeting, day_problem.sought)
    kinds = [kind for complaint, kind in PREVENTS.items() if complaint in named]
    moment = day_problem.site_calendars.horizon.moment(day_problem.sought)
    agency = agency_of(day_problem.meeting)
    return tuple(Hint(kind, agency=agency, starts_at=moment) for kind in kinds[:1])


def hints_of(day_problems: Sequence[DayProblem]) -> tuple[Hint, ...]:
    if not day_problems:
        return (Hint("no_stops"),)
    hints = [
        _hint(day_problem, reason) for day_problem in day_problems for reason in why_not(day_problem.problem)
    ]
    return tuple(sorted(hints, key=lambda hint: hint.day or date.max)) or (Hint("stays"),)


def _hint(day_problem: DayProblem, reason: Reason) -> Hint:
    starts_at = ends_at = None
    if reason.start is not None and reason.end is not None:
        starts_at = day_problem.site_calendars.horizon.moment(reason.start)
        ends_at = starts_at + timedelta(minutes=SLOT_MINUTES * (reason.end - reason.start))
    return Hint(
        kind=reason.kind,
        agency=reason.agency and agency_of(reason.agency),
        day=day_problem.site_day(reason.day).date if reason.day is not None else None,
        starts_at=starts_at,
        ends_at=ends_at,
        also=_hint(day_problem, reason.with_) if reason.with_ else None,
    )
