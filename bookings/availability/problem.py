"""The planner's problem, read from the tables: a party's stops, and the calendars of who could take them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from django.db import connection

from agencies.models import Location, Service, SiteDay
from agencies.models.organisation import LONGEST_LUNCH
from agencies.services.queries import offered_services
from bookings.attendance.keys import agency_of
from bookings.attendance.profile import Profile
from bookings.attendance.queries import rules_in_force
from bookings.attendance.rules import Order, RequiredMeeting, Rule, orders_on, required_meetings
from bookings.availability.calendars import (
    Bookable,
    Horizon,
    busy_bits,
    desk_calendars,
    interpreter_calendars,
    room_calendars,
)
from bookings.availability.pauses import has_children
from bookings.planner import Calendar, Lunch, Problem, Span, Stop, slots_for, whole_slots

# Every proposal and every booking reads these; models would take longer than the planner.
ORDERS = """
    SELECT track.id, before, after, is_hard, valid_from, valid_to FROM bookings_track track
    LEFT JOIN bookings_precedence precedence ON precedence.track_id = track.id WHERE track.number = %s
"""


@dataclass(frozen=True)
class RuleBook:
    """What a party's chain must keep to: attendance rules, orders of agencies, lengths of services.

    `track` and `agencies` are keys; `services` and `agencies` are by agency code.
    """

    track: int
    rules: tuple[Rule, ...]
    orders: tuple[Order, ...]
    services: Mapping[str, Service]
    agencies: Mapping[str, int]

    def required_meetings(self, profile: Profile, *, track: int, day: date) -> tuple[RequiredMeeting, ...]:
        """The agencies that the party meets on the day; `track` is its number."""
        return required_meetings(
            self.rules, profile.births, track=track, day=day, switched=profile.switched, own=profile.own
        )

    def hard_on(self, day: date) -> frozenset[tuple[str, str]]:
        """The orders (before, after) that are never broken on the day."""
        return orders_on(self.orders, day, is_hard=True)

    def preferred_on(self, day: date) -> frozenset[tuple[str, str]]:
        """The others of the day."""
        return orders_on(self.orders, day, is_hard=False)

    def minutes(self, meeting: RequiredMeeting, *, extra_time: bool) -> int:
        """The meeting's length."""
        return self.services[meeting.agency].minutes_for(meeting.persons, extra_time=extra_time)

    def is_local(self, code: str) -> bool:
        """Whether the agency is met only where it has a desk; a municipality that is not with us has none."""
        service = self.services.get(code)
        return service is None or service.is_local

    def is_barred(self, code: str, location: Location) -> bool:
        """Whether the agency checks identity, which cannot be done at the location."""
        service = self.services.get(code)
        return service is not None and service.checks_identity and not location.checks_identity


def load_rule_book(profile: Profile, *, track: int) -> RuleBook:
    """Read the rules for the party's municipality and the track of this number; three queries."""
    orders = _orders(track)
    services = offered_services(profile.municipality, track=track)
    return RuleBook(
        track=orders[0][0],
        rules=rules_in_force(),
        orders=tuple(Order(*row) for _track, *row in orders if row[0]),
        services={service.agency_code: service for service, _agency in services},
        agencies={service.agency_code: agency for service, agency in services},
    )


def _orders(track: int) -> list[tuple[Any, ...]]:
    """The track's key with each of its orders, or with nulls where it has none."""
    with connection.cursor() as cursor:
        cursor.execute(ORDERS, [track])
        return list(cursor.fetchall())


@dataclass(frozen=True)
class SiteCalendars:
    """The calendars of all that could be booked on a location's days; None: not needed."""

    horizon: Horizon
    desks: tuple[Bookable, ...]
    interpreters: tuple[Bookable, ...] | None
    rooms: tuple[Bookable, ...] | None

    def desks_of(self, agency: int) -> tuple[Calendar, ...]:
        """The desks of the agency with this key."""
        return tuple(desk.calendar for desk in self.desks if desk.agency == agency)

    def holders(self) -> dict[int, int]:
        """The key of the user, interpreter or room by that of its resource."""
        bookables = (*self.desks, *(self.interpreters or ()), *(self.rooms or ()))
        return {bookable.calendar.resource: bookable.holder for bookable in bookables}


def load_site_calendars(
    site_days: Sequence[SiteDay],
    profile: Profile,
    rule_book: RuleBook,
    *,
    only: Sequence[int] | None = None,
    lifted: Mapping[int, Sequence[Span]] | None = None,
) -> SiteCalendars:
    """Read the calendars of one location's days, `only` those of the given resources; four queries at most.

    `lifted`: claims that count as free, in slots since 1970 per resource: those of the chain that is being moved.
    """
    horizon = Horizon(tuple(site_days))
    needs_rooms = bool(site_days) and site_days[0].location.site.rooms_are_scarce
    agencies = list(rule_book.agencies.values())
    desks = desk_calendars(horizon, agencies=agencies, sex=profile.caseworker_sex, only=only)
    interpreters = (
        interpreter_calendars(
            horizon,
            language=profile.interpreter_language,
            sex=profile.interpreter_sex,
            party=profile.reference,
            only=only,
        )
        if profile.needs_interpreter
        else []
    )
    rooms = room_calendars(horizon, step_free=profile.step_free, only=only) if needs_rooms else []
    resources = [bookable.calendar.resource for bookable in (*desks, *interpreters, *rooms)]
    busy = busy_bits(horizon, resources)
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
        replace(
            bookable,
            calendar=replace(bookable.calendar, busy=busy.get(bookable.calendar.resource, 0)),
        )
        for bookable in bookables
    )


def problem_for(
    site_calendars: SiteCalendars,
    rule_book: RuleBook,
    profile: Profile,
    required: Sequence[RequiredMeeting],
    *,
    days: Sequence[int],
    elsewhere: Collection[str] = (),
) -> Problem:
    """The planner's problem for these meetings; `days` are indexes of the calendars' days, with the same orders.

    `elsewhere`: the keys of meetings that need no room.
    """
    site = site_calendars.horizon.site_days[0].location.site
    stops = tuple(
        Stop(
            agency=meeting.key,
            slots=slots_for(rule_book.minutes(meeting, extra_time=profile.extra_time)),
            desks=site_calendars.desks_of(rule_book.agencies[meeting.agency]),
            rooms=None if meeting.key in elsewhere else _calendars(site_calendars.rooms),
        )
        for meeting in required
    )
    keys = [meeting.key for meeting in required]
    break_slots = slots_for(site.break_minutes)
    first = site_calendars.horizon.site_days[days[0] if days else 0].date
    return Problem(
        days=tuple(site_calendars.horizon.days[n] for n in days),
        stops=stops,
        interpreters=_calendars(site_calendars.interpreters),
        before=_among(rule_book.hard_on(first), keys),
        prefer=_among(rule_book.preferred_on(first), keys),
        walk=slots_for(site.walk_minutes),
        break_after=site.break_after_stops,
        break_slots=break_slots,
        lunch=_lunch(site_calendars.horizon, profile, days, break_slots=break_slots),
    )


def _lunch(horizon: Horizon, profile: Profile, days: Sequence[int], *, break_slots: int) -> Lunch | None:
    """The site's lunch rule on the days, on all of which as many of the party are minors."""
    if not days:
        return None
    window = least = 0
    for number in days:
        day = horizon.site_days[number]
        site = day.location.site
        with_children = has_children(profile.births, day.date)
        first, last, minutes = site.lunch_hours(day.date, with_children=with_children)
        begin, end = max(first, day.opens_at), min(last, day.closes_at)
        if begin < end:
            window |= horizon.bits(whole_slots([(int(begin.timestamp()), int(end.timestamp()))]))
        least = max(least, slots_for(minutes), break_slots)
    return Lunch(window, least, max(least, slots_for(LONGEST_LUNCH)))


def met_here(
    site_calendars: SiteCalendars, rule_book: RuleBook, required: Sequence[RequiredMeeting]
) -> tuple[RequiredMeeting, ...]:
    """The meetings to plan at this location: a local agency that has no desk here meets its people elsewhere.

    So does an agency that checks identity, where that cannot be done.
    """
    with_desk = {desk.agency for desk in site_calendars.desks}
    location = site_calendars.horizon.site_days[0].location
    return tuple(
        meeting
        for meeting in required
        if not rule_book.is_barred(meeting.agency, location)
        and (not rule_book.is_local(meeting.agency) or rule_book.agencies.get(meeting.agency) in with_desk)
    )


def _calendars(bookables: Sequence[Bookable] | None) -> tuple[Calendar, ...] | None:
    return None if bookables is None else tuple(bookable.calendar for bookable in bookables)


def _among(orders: frozenset[tuple[str, str]], keys: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The orders of agencies as orders of the meetings with them."""
    return frozenset(
        (before, after)
        for before, after in product(keys, keys)
        if (agency_of(before), agency_of(after)) in orders
    )
