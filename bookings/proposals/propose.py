"""Propose the best days for a party, or say why there is none and what would help. Nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Agency, Site, SiteDay
from agencies.refusals import Refusal
from bookings.attendance.eligibility import require_adult, require_own_track, require_valid_basis
from bookings.attendance.profile import Profile
from bookings.attendance.rules import is_valid
from bookings.availability.pauses import Between, has_children, pauses_between
from bookings.availability.problem import (
    RuleBook,
    load_rule_book,
)
from bookings.models import Chain, LegalBasis, Track
from bookings.planner import (
    SLOT_MINUTES,
    Placed,
    Plan,
    Reason,
    why_not,
)
from bookings.proposals.day_problems import DayProblem, Search, day_problems
from bookings.proposals.signed import Offer, Proposal

LONGEST_RANGE = 180  # days
CHOICES = 3
MOST_EXPLAINED = 5
DAY, RANGE = timedelta(days=1), timedelta(weeks=3)
MARKS = ("earliest", "least-waiting")
Possible = list[tuple[date, int, int]]  # day, number of the problem, number of the day in it


class SiteNotOpen(Refusal):
    kind = "site-not-open"
    field = "site"


class RangeNotUsable(Refusal):
    kind = "range-not-usable"
    field = "to"


@dataclass(frozen=True, slots=True)
class Option:
    """A proposal with the rows that showing it needs."""

    proposal: Proposal
    site_day: SiteDay
    agencies: dict[str, Agency]
    left_out: tuple[str, ...] = ()  # codes of agencies that would be met if they had a desk there
    with_children: bool = False
    marks: tuple[str, ...] = ()  # of MARKS

    @property
    def pauses(self) -> tuple[Between, ...]:
        """Break, lunch and waiting between the meetings."""
        spans = [(offer.starts_at, offer.ends_at) for offer in self.proposal.offers]
        site = self.site_day.location.site
        return tuple(chain(*pauses_between(spans, site, with_children=self.with_children)))


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a day does not work, or what does instead; `change`: of the search, by the names of the API's fields.

    `kind` as in the planner, or `notice`, `no_stops`, `stays`, `later`, `first` (`option` can be booked) and `site`.
    """

    kind: str
    agency: str | None = None
    day: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    also: "Hint | None" = None
    change: Mapping[str, str] | None = None
    option: Option | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The proposals in order of time; `why_not` is there exactly when no proposal is.

    `more_after`: asked again with `after` this day, the days follow in order, none left out; None: all are shown.
    `not_possible`: why the open days before the last proposal do not work, when that was asked for.
    """

    options: tuple[Option, ...]
    why_not: tuple[Hint, ...]
    more_after: date | None = None
    not_possible: tuple[Hint, ...] = ()


def propose(  # noqa: PLR0913
    *,
    profile: Profile,
    site: Site,
    track: Track,
    first: date,
    last: date,
    at: datetime,
    limit: int = CHOICES,
    moving: Chain | None = None,
    meeting: str = "",
    after: date | None = None,
    explain: bool = False,
) -> Answer:
    """The best chains from the first to the last day, the earliest among them; `after` a day, every day in order.

    `moving` counts that chain's own claims as free; `meeting` then moves only that agency's meeting, within its day.
    Raises SiteNotOpen, RangeNotUsable, TrackOfAnother, UnaccompaniedMinor or LegalBasisNotValid.
    """
    _require_usable(profile, site, track, first, last)
    if moving and meeting:
        site_days = [moving.site_day]
    else:
        soonest = local(at).date() + timedelta(days=site.minimum_notice_days)
        begin = max(first, soonest, after + DAY if after else first)
        site_days = _open_days(profile, site, first=begin, last=last)
    if not site_days:
        closed = _closed(site, last=last, at=at)
        return Answer((), (closed,))
    rule_book = load_rule_book(profile, track=track.number)
    agencies = {agency.code: agency for agency in Agency.objects.filter(pk__in=rule_book.agencies.values())}
    search = Search(profile, rule_book, agencies, track, limit, moving, meeting, in_order=after is not None)
    problems = list(day_problems(site_days, search))
    options, possible = _found(problems, search)
    if not options:
        return Answer((), _hints(problems))
    return Answer(
        options,
        (),
        more_after=_more_after(options, possible, search),
        not_possible=_not_possible(problems, possible, options) if explain and not meeting else (),
    )


def first_after(*, last: date, **search: Any) -> Hint | None:
    """The first day that works after the last one of a search without an answer; `search` as for `propose`."""
    begin = last + DAY
    try:
        options = propose(
            **search
            | {"first": begin, "last": last + timedelta(days=LONGEST_RANGE), "after": last, "limit": 1}
        ).options
    except Refusal:  # by then nothing is in force that lets the party come
        return None
    if not options:
        return None
    day = options[0].site_day.date
    change = {"from": day.isoformat(), "to": (day + RANGE).isoformat()}
    return Hint("first", day=day, change=change, option=options[0])


def _require_usable(profile: Profile, site: Site, track: Track, first: date, last: date) -> None:
    require_own_track(track, owner_code=profile.owner_code)
    if site.state != Site.State.OPEN:
        raise SiteNotOpen(
            _("%(site)s is %(state)s; no days are booked there.")
            % {"site": site, "state": site.get_state_display()}
        )
    if last < first:
        raise RangeNotUsable(_("The last day lies before the first."))
    if (last - first).days > LONGEST_RANGE:
        raise RangeNotUsable(_("Search at most %(days)s days at a time.") % {"days": LONGEST_RANGE})
    require_adult(profile.births, day=first)


def _open_days(profile: Profile, site: Site, *, first: date, last: date) -> list[SiteDay]:
    """The open days on which the legal basis holds; it must hold on one of them, unless it is overridden."""
    days = SiteDay.objects.filter(location__site=site, date__range=(first, last)).select_related(
        "location__site"
    )
    if profile.step_free:
        days = days.filter(location__step_free=True)
    found = list(days.order_by("location_id", "date"))
    if profile.overridden:
        return found
    basis = LegalBasis.objects.get(pk=profile.legal_basis)
    valid = [day for day in found if is_valid(basis.valid_from, basis.valid_to, day.date)]
    if found and not valid:
        require_valid_basis(basis, day=found[0].date)
    return valid


def _closed(site: Site, *, last: date, at: datetime) -> Hint:
    soonest = local(at).date() + timedelta(days=site.minimum_notice_days)
    if last >= soonest:
        return Hint("closed")
    change = {"from": soonest.isoformat(), "to": (soonest + RANGE).isoformat()}
    return Hint("notice", day=soonest, change=change)


def _found(problems: Sequence[DayProblem], search: Search) -> tuple[tuple[Option, ...], Possible]:
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


def _more_after(options: Sequence[Option], possible: Possible, search: Search) -> date | None:
    shown = {option.site_day.date for option in options}
    if search.in_order:
        last = max(shown)
        return last if any(day > last for day, *_ in possible) else None
    hidden = {day for day, *_ in possible} - shown
    return min(hidden | shown) - DAY if hidden else None


def _not_possible(
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
    return tuple(meeting.agency for meeting in by_rule if meeting.agency not in offered)


def _moment(day_problem: DayProblem, plan: Plan) -> datetime:
    return day_problem.site_calendars.horizon.moment(plan.meetings[0].start)


def _stays(option: Option, moving: Chain) -> bool:
    """Whether the proposal is what is booked already."""
    booked = {(meeting.agency_id, meeting.starts_at) for meeting in moving.meetings.all()}
    return booked == {(offer.agency, offer.starts_at) for offer in option.proposal.offers}


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
        version=search.moving.version if search.moving else 0,
        days=search.profile.days,
    )
    with_children = has_children(search.profile.births, site_day.date)
    return Option(proposal, site_day, search.agencies, with_children=with_children)


def _offer(day_problem: DayProblem, placed: Placed, rule_book: RuleBook) -> Offer:
    start = int(day_problem.site_calendars.horizon.moment(placed.start).timestamp()) // 60
    return Offer(
        agency=rule_book.agencies[placed.agency],
        code=placed.agency,
        desk=placed.desk,
        room=placed.room,
        start=start,
        end=start + (placed.end - placed.start) * SLOT_MINUTES,
    )


def _hints(day_problems: Sequence[DayProblem]) -> tuple[Hint, ...]:
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
        agency=reason.agency,
        day=day_problem.site_day(reason.day).date if reason.day is not None else None,
        starts_at=starts_at,
        ends_at=ends_at,
        also=_hint(day_problem, reason.with_) if reason.with_ else None,
    )
