"""The planner's problems of a search: one for all days of a location that require the same meetings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from agencies.models import Agency, SiteDay
from bookings.attendance.profile import Profile
from bookings.attendance.rules import RequiredMeeting
from bookings.availability.claims import spans_of_chain
from bookings.availability.problem import (
    RuleBook,
    SiteCalendars,
    load_site_calendars,
    met_here,
    problem_for,
)
from bookings.models import Chain, Track
from bookings.parties.queries import meetings_by_key
from bookings.planner import Joint, Plan, Problem, Stop, at_or_near, fold, other_times, plans_and_days


@dataclass(frozen=True)
class Search:
    """Whose day is searched, in which track, and whether a booked chain, or one meeting of it, is to move."""

    profile: Profile
    rule_book: RuleBook
    agencies: dict[str, Agency]
    track: Track
    limit: int
    moving: Chain | None
    meeting: str
    starts: datetime | None = None  # when somebody wants that meeting to begin
    outside: bool = False  # an interpreter is ordered outside, so that none is looked for
    without: tuple[str, ...] = ()  # agencies that `profile` does not meet for this search's sake
    in_order: bool = False  # every day that has a chain, the earliest first
    together: tuple[tuple[str, str], ...] = ()  # as `Proposal.together`

    @property
    def planned(self) -> Profile:
        """What the planner is to provide for."""
        return replace(self.profile, interpreter_language="") if self.outside else self.profile

    def required_meetings(self, day: date) -> tuple[RequiredMeeting, ...]:
        return self.rule_book.required_meetings(self.profile, track=self.track.number, day=day)


@dataclass(frozen=True)
class DayProblem:
    """One planner's problem over the days of a location on which the same agencies meet the same members."""

    site_calendars: SiteCalendars
    days: tuple[int, ...]
    problem: Problem
    meeting: str = ""
    taken: int = 0  # where the only meeting that may move begins now
    sought: int | None = None  # where somebody wants it to begin
    folded: Joint | None = None  # what `problem` hides, if meetings are held together

    def plans(self, limit: int) -> tuple[tuple[Plan, ...], tuple[int, ...]]:
        """The best plans, and the numbers of all days that have one; for one meeting alone, those that move it."""
        if self.meeting:
            plans = self._times(limit)
            return (tuple(map(self.folded.unfolded, plans)) if self.folded else plans), ()
        return plans_and_days(self.problem, limit=limit)

    def _times(self, limit: int) -> tuple[Plan, ...]:
        if self.sought is not None:
            return at_or_near(self.problem, self.meeting, self.sought)
        return other_times(self.problem, self.meeting, taken=self.taken, limit=limit)

    def only(self, index: int) -> "DayProblem":
        """The problem of one of its days."""
        problem = replace(self.problem, days=(self.problem.days[index],))
        return replace(self, days=(self.days[index],), problem=problem)

    def site_day(self, index: int) -> SiteDay:
        return self.site_calendars.horizon.site_days[self.days[index]]


def day_problems(site_days: list[SiteDay], search: Search) -> Iterator[DayProblem]:
    """The problems of all days; three queries for each location."""
    lifted = spans_of_chain(search.moving) if search.moving else {}
    for _location, at_location in groupby(site_days, key=lambda day: day.location_id):
        days = list(at_location)
        site_calendars = load_site_calendars(days, search.planned, search.rule_book, lifted=lifted)
        for required, numbers in _by_required_meetings(days, search, site_calendars):
            if required:
                problem = problem_for(
                    site_calendars, search.rule_book, search.planned, required, days=numbers
                )
                day_problem = DayProblem(site_calendars, tuple(numbers), problem)
                yield (_locked(day_problem, search) if search.moving and search.meeting else day_problem)


def _by_required_meetings(
    days: Sequence[SiteDay], search: Search, site_calendars: SiteCalendars
) -> list[tuple[tuple[RequiredMeeting, ...], list[int]]]:
    """The numbers of the days by the meetings that they require, and their orders.

    A birthday or a dated rule makes them differ.
    """
    book = search.rule_book
    groups: dict[tuple[Any, ...], list[int]] = {}
    for number, day in enumerate(days):
        required = met_here(site_calendars, book, search.required_meetings(day.date))
        key = required, book.hard_on(day.date), book.preferred_on(day.date)
        groups.setdefault(key, []).append(number)
    return [(required, numbers) for (required, *_orders), numbers in groups.items()]


def _locked(day_problem: DayProblem, search: Search) -> DayProblem:
    """Lock every meeting but one to its time, desk and room, and all to their interpreter.

    What is held together with the one moves with it, at its own desk if that is free.
    """
    moving, meeting = search.moving, search.meeting
    assert moving
    slot = day_problem.site_calendars.horizon.slot
    booked = meetings_by_key(moving)
    interpreter = moving.interpreter.resource_id if moving.interpreter else None
    follows = dict(search.together)

    def lock(stop: Stop) -> Stop:
        kept = booked.get(stop.agency)
        if kept and follows.get(stop.agency) == meeting:
            own = kept.caseworker.resource_id
            return replace(stop, desks=tuple(sorted(stop.desks, key=lambda one: one.resource != own)))
        if kept is None or stop.agency == meeting:
            return stop
        desk, room = kept.caseworker.resource_id, kept.room and kept.room.resource_id
        return replace(
            stop,
            start=slot(kept.starts_at),
            desks=tuple(one for one in stop.desks if one.resource == desk),
            rooms=stop.rooms and tuple(one for one in stop.rooms if one.resource == room),
        )

    interpreters = day_problem.problem.interpreters
    problem = replace(
        day_problem.problem,
        stops=tuple(lock(stop) for stop in day_problem.problem.stops),
        interpreters=interpreters and tuple(one for one in interpreters if one.resource == interpreter),
    )
    taken = slot(booked[meeting].starts_at) if meeting in booked else 0
    sought = None if search.starts is None else slot(search.starts)
    folded = fold(problem, follows) if follows else None
    problem = folded.problem if folded else problem
    return replace(day_problem, problem=problem, meeting=meeting, taken=taken, sought=sought, folded=folded)
