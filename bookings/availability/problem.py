"""From tables to the planner's problem: which stops a party needs on which day, and who could take them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from django.db import connection

from agencies.models import AgencyCode, Service, SiteDay
from bookings.attendance.profile import Profile
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import RequiredMeeting, Rule, required_meetings
from bookings.availability import calendars as reading
from bookings.availability.calendars import Bookable, Horizon
from bookings.planner import SLOT_MINUTES, Calendar, Problem, Stop

# Every proposal and every booking reads these; through models they cost as much as all the rest together.
ORDERS = """
    SELECT track.id, before, after, is_hard FROM bookings_track track
    LEFT JOIN bookings_precedence precedence ON precedence.track_id = track.id WHERE track.number = %s
"""
SERVICES = """
    SELECT service.id, agency_code, minutes, minutes_per_person, extra_minutes, agency.id AS agency
    FROM agencies_service service JOIN agencies_agency agency ON agency.code = agency_code
    WHERE municipality_id IS NULL OR municipality_id = %s
"""


@dataclass(frozen=True)
class RuleBook:
    """The dated rules and texts that every plan of a party goes by."""

    track: int
    rules: tuple[Rule, ...]
    hard: frozenset[tuple[str, str]]
    preferred: frozenset[tuple[str, str]]
    services: Mapping[str, Service]
    agencies: Mapping[str, int]

    def required_meetings(self, profile: Profile, *, track: int, day: date) -> tuple[RequiredMeeting, ...]:
        return required_meetings(self.rules, profile.births, track=track, day=day, switched=profile.switched)

    def minutes(self, meeting: RequiredMeeting, *, extra_time: bool) -> int:
        return self.services[meeting.agency].minutes_for(meeting.persons, extra_time=extra_time)


def load_rule_book(profile: Profile, *, track: int) -> RuleBook:
    """Read what is in force; three queries."""
    orders = _rows(ORDERS, track)
    services = list(Service.objects.raw(SERVICES, [profile.municipality]))
    return RuleBook(
        track=orders[0][0],
        rules=rules_in_force(),
        hard=frozenset((before, after) for _track, before, after, is_hard in orders if is_hard),
        preferred=frozenset((before, after) for _track, before, after, is_hard in orders if is_hard is False),
        services={service.agency_code: service for service in services},
        agencies={service.agency_code: service.agency for service in services},
    )


def _rows(query: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


@dataclass(frozen=True)
class SiteCalendars:
    """Everybody who could take part on a location's days."""

    horizon: Horizon
    desks: tuple[Bookable, ...]
    interpreters: tuple[Bookable, ...] | None
    rooms: tuple[Bookable, ...] | None

    def desks_of(self, agency: int) -> tuple[Calendar, ...]:
        return tuple(desk.calendar for desk in self.desks if desk.agency == agency)

    def holders(self) -> dict[int, int]:
        """Whose each resource is: the user, interpreter or room behind it."""
        everybody = chain(self.desks, self.interpreters or (), self.rooms or ())
        return {one.calendar.resource: one.holder for one in everybody}


def load_site_calendars(
    site_days: Sequence[SiteDay],
    profile: Profile,
    rule_book: RuleBook,
    *,
    only: Sequence[int] | None = None,
    lifted: Mapping[int, Sequence[tuple[int, int]]] | None = None,
) -> SiteCalendars:
    """Read the calendars of the days of one location, or only of the given resources; four queries at most.

    `lifted`: claims that count as free, in slots since 1970 per resource: those of a chain that is to be moved.
    """
    horizon = Horizon(tuple(site_days))
    needs_rooms = bool(site_days) and site_days[0].location.site.rooms_are_scarce
    agencies = list(rule_book.agencies.values())
    desks = reading.desks(horizon, agencies=agencies, sex=profile.caseworker_sex, only=only)
    interpreters = (
        reading.interpreters(horizon, language=profile.language, sex=profile.interpreter_sex, only=only)
        if profile.needs_interpreter
        else []
    )
    rooms = reading.rooms(horizon, step_free=profile.step_free, only=only) if needs_rooms else []
    resources = [one.calendar.resource for one in chain(desks, interpreters, rooms)]
    busy = reading.busy_bits(horizon, resources)
    for resource, spans in (lifted or {}).items():
        busy[resource] = busy.get(resource, 0) & ~horizon.bits(spans)
    return SiteCalendars(
        horizon=horizon,
        desks=_with_busy(desks, busy),
        interpreters=_with_busy(interpreters, busy) if profile.needs_interpreter else None,
        rooms=_with_busy(rooms, busy) if needs_rooms else None,
    )


def _with_busy(bookables: Sequence[Bookable], busy: Mapping[int, int]) -> tuple[Bookable, ...]:
    return tuple(
        replace(one, calendar=replace(one.calendar, busy=busy.get(one.calendar.resource, 0)))
        for one in bookables
    )


def problem_for(
    site_calendars: SiteCalendars,
    rule_book: RuleBook,
    profile: Profile,
    wanted: Sequence[RequiredMeeting],
    *,
    days: Sequence[int],
) -> Problem:
    """The planner's problem for these visits on these of the pool's days."""
    site = site_calendars.horizon.site_days[0].location.site
    stops = tuple(
        Stop(
            agency=meeting.agency,
            slots=-(-rule_book.minutes(meeting, extra_time=profile.extra_time) // SLOT_MINUTES),
            desks=site_calendars.desks_of(rule_book.agencies[meeting.agency]),
            rooms=_calendars(site_calendars.rooms),
        )
        for meeting in wanted
    )
    codes = {meeting.agency for meeting in wanted}
    return Problem(
        days=tuple(site_calendars.horizon.days[n] for n in days),
        stops=stops,
        interpreters=_calendars(site_calendars.interpreters),
        before=_among(rule_book.hard, codes),
        prefer=_among(rule_book.preferred, codes),
        walk=-(-site.walk_minutes // SLOT_MINUTES),
        break_after=site.break_after_stops,
        break_slots=-(-site.break_minutes // SLOT_MINUTES),
    )


def met_here(
    site_calendars: SiteCalendars, rule_book: RuleBook, wanted: Sequence[RequiredMeeting]
) -> tuple[RequiredMeeting, ...]:
    """The visits that this location can offer: a municipality without a desk here meets its own at home."""
    home = rule_book.agencies.get(AgencyCode.KOM)
    has_desk = home is not None and any(desk.agency == home for desk in site_calendars.desks)
    return tuple(meeting for meeting in wanted if meeting.agency != AgencyCode.KOM or has_desk)


def _calendars(bookables: Sequence[Bookable] | None) -> tuple[Calendar, ...] | None:
    return None if bookables is None else tuple(one.calendar for one in bookables)


def _among(orders: frozenset[tuple[str, str]], codes: set[str]) -> frozenset[tuple[str, str]]:
    return frozenset(order for order in orders if set(order) <= codes)
