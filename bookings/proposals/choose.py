"""Choose among the planner's chains: the least waiting first, the earliest day always among them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bookings.attendance.keys import adult_of, agency_of
from bookings.availability.pauses import has_children
from bookings.availability.problem import RuleBook
from bookings.models import Chain
from bookings.parties.queries import meetings_by_key
from bookings.planner import SLOT_MINUTES, Placed, Plan
from bookings.proposals.answer import MARKS, Option
from bookings.proposals.day_problems import DayProblem, Search
from bookings.proposals.signed import Offer, Proposal

DAY = timedelta(days=1)
Possible = list[tuple[date, int, int]]  # day, number of the problem, number of the day in it


def found_options(problems: Sequence[DayProblem], search: Search) -> tuple[tuple[Option, ...], Possible]:
    """The proposals in order of time, and every day that has one."""
    more = search.limit + bool(search.moving)  # the chain as it is booked may be among them, and is left out
    found = [(problem, *problem.plans(1 if search.in_order else more)) for problem in problems]
    possible = sorted(
        (
            (problem.site_day(day).date, number, day)
            for number, (problem, _, days) in enumerate(found)
            for day in days
        )
    )
    options = (
        [] if search.in_order else _best([(one, plan) for one, plans, _ in found for plan in plans], search)
    )
    shown = {option.site_day.pk for option in options}
    for _date, number, day in possible:
        problem = problems[number]
        if search.in_order and len(options) >= search.limit:
            break
        if problem.site_day(day).pk in shown:
            break  # the earliest is there
        if earliest := _first_of_day(problem, day, search):
            options = [*options, earliest] if search.in_order else _with_earliest(options, earliest, search)
            if not search.in_order:
                break
    kept = sorted(
        options, key=lambda option: (option.proposal.offers[0].start, option.proposal.waiting_minutes)
    )
    marked = _marked(kept) if kept and not search.in_order else kept
    return tuple(replace(option, left_out=_left_out(option, search)) for option in marked), possible


def _first_of_day(problem: DayProblem, day: int, search: Search) -> Option | None:
    """The day's best chain, that is not the one that is booked."""
    only = problem.only(day)
    options = (_option(only, plan, search) for plan in only.plans(1 + bool(search.moving))[0])
    return next((one for one in options if not (search.moving and _stays(one, search.moving))), None)


def _with_earliest(options: list[Option], earliest: Option, search: Search) -> list[Option]:
    """The best, with the earliest in place of the worst of them if there are as many as were asked for."""
    if len(options) < search.limit:
        return [*options, earliest]
    return options if search.limit == 1 else [*options[:-1], earliest]


def _marked(options: list[Option]) -> list[Option]:
    """The options with what is the earliest and what waits least, if there is a choice."""
    least = min(options, key=lambda option: option.proposal.waiting_minutes)
    if len(options) == 1:
        return options
    best = (options[0], least)
    return [
        replace(option, marks=tuple(mark for mark, one in zip(MARKS, best, strict=True) if one is option))
        for option in options
    ]


def more_after(options: Sequence[Option], possible: Possible, search: Search) -> date | None:
    shown = {option.site_day.date for option in options}
    if search.in_order:
        last = max(shown)
        return last if any(day > last for day, *_ in possible) else None
    hidden = {day for day, *_ in possible} - shown
    return min(hidden | shown) - DAY if hidden else None


def _best(found: Sequence[tuple[DayProblem, Plan]], search: Search) -> list[Option]:
    """The best days first; a second chain of the same day only after one of every day."""
    plans = sorted(found, key=lambda one: (one[1].waiting, one[1].added_pay, _moment(*one)))
    ranks: dict[int, int] = {}
    ranked: list[tuple[int, int, Option]] = []
    for day_problem, plan in plans:
        option = _option(day_problem, plan, search)
        if search.moving and _stays(option, search.moving):
            continue
        rank = ranks.get(option.site_day.pk, 0)
        ranks[option.site_day.pk] = rank + 1
        ranked.append((rank, len(ranked), option))
    return [option for *_order, option in sorted(ranked, key=lambda entry: entry[:2])[: search.limit]]


def _left_out(option: Option, search: Search) -> tuple[str, ...]:
    offered = {offer.code for offer in option.proposal.offers}
    by_rule = search.required_meetings(option.site_day.date)
    return tuple(dict.fromkeys(meeting.agency for meeting in by_rule if meeting.agency not in offered))


def _moment(day_problem: DayProblem, plan: Plan) -> datetime:
    return day_problem.site_calendars.horizon.moment(plan.meetings[0].start)


def _stays(option: Option, moving: Chain) -> bool:
    """Whether the proposal is what is booked already."""
    booked = {(key, meeting.agency_id, meeting.starts_at) for key, meeting in meetings_by_key(moving).items()}
    return booked == {(offer.key, offer.agency, offer.starts_at) for offer in option.proposal.offers}


def _option(day_problem: DayProblem, plan: Plan, search: Search) -> Option:
    site_day = day_problem.site_day(plan.day)
    proposal = Proposal(
        party=search.profile.key,
        site_day=site_day.pk,
        track=search.track.number,
        interpreter=plan.interpreter,
        waiting_minutes=plan.waiting * SLOT_MINUTES,
        offers=tuple(_offer(day_problem, placed, search.rule_book) for placed in plan.meetings),
        meeting=search.meeting,
        outside=search.outside,
        version=search.moving.version if search.moving else 0,
        days=search.profile.days,
        without=search.without,
        together=search.together,
    )
    with_children = has_children(search.profile.births, site_day.date)
    return Option(proposal, site_day, search.agencies, with_children=with_children)


def _offer(day_problem: DayProblem, placed: Placed, rule_book: RuleBook) -> Offer:
    start = int(day_problem.site_calendars.horizon.moment(placed.start).timestamp()) // 60
    return Offer(
        agency=rule_book.agencies[agency_of(placed.agency)],
        code=agency_of(placed.agency),
        desk=placed.desk,
        room=placed.room,
        start=start,
        end=start + (placed.end - placed.start) * SLOT_MINUTES,
        adult=adult_of(placed.agency),
    )
