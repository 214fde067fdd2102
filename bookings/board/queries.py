"""Reads of a location's day for its board: a fixed number of queries, however many parties come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from agencies.models import Absence, Agency, Location, Room, Shift, Site, SiteDay, User
from agencies.rosters.held import Held
from bookings.availability.booked import held_in
from bookings.board.seats import seat_of
from bookings.board.standing import BoardMeeting, PartyToday, Stood, parties_today, stand
from bookings.models import AttendanceEvent, MeetingForm, OccupiedDesk
from interpreters.models import Interpreter


@dataclass(frozen=True, slots=True)
class Board:
    """A location's day as the viewer sees it at a moment; `site_day` is None where the location is shut."""

    location: Location
    date: date
    at: datetime
    site_day: SiteDay | None
    meetings: tuple[Stood, ...] = ()
    absences: tuple[Absence, ...] = ()
    shifts: tuple[Shift, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    occupied: tuple[Held, ...] = ()  # of the interpreters, by hidden meetings too

    @property
    def parties(self) -> list[PartyToday]:
        return parties_today(self.meetings)

    def named(self, name: str) -> Stood | None:
        """The meeting that is called so in addresses, if the viewer sees it."""
        return next((stood for stood in self.meetings if stood.meeting.name == name), None)

    def keyed(self, key: int) -> Stood:
        """The meeting with that key, which the viewer sees."""
        return next(stood for stood in self.meetings if stood.meeting.key == key)

    def seat_for(self, stood: Stood) -> str:
        """Where the party sits while it waits; empty if the location names no seats."""
        return seat_of(
            stood.meeting.party,
            stood.meeting.children,
            seats=self.location.seats,
            for_children=self.location.seats_for_children,
        )

    def interpreter_of(self, stood: Stood) -> Interpreter | None:
        """Who interprets the meeting, if that is somebody on shift whom the viewer may know of."""
        return next((one for one in self.interpreters if one.pk == stood.meeting.interpreter), None)

    def party_of(self, stood: Stood) -> PartyToday:
        """The day of the party that comes to the meeting."""
        return next(party for party in self.parties if party.party == stood.meeting.party)


def locations_of(site: Site) -> list[Location]:
    """The site's locations, the main one first; one query."""
    return sorted(site.locations.all(), key=lambda place: (place.kind != Location.Kind.MAIN, place.pk))


def day_of(location: Location, day: date) -> SiteDay | None:
    """The location's open day on that date; one query."""
    return SiteDay.objects.filter(location=location, date=day, closed_at=None).first()


def load_board(location: Location, day: date, *, at: datetime) -> Board:
    """The location's board of that date as it stands at the moment; twelve queries."""
    site_day = day_of(location, day)
    if site_day is None:
        return Board(location, day, at, None)
    shifts = tuple(
        Shift.objects.filter(site_day=site_day, state=Shift.State.APPROVED)
        .select_related("resource__caseworker__agency__municipality")
        .prefetch_related("breaks")
    )
    signs = {shift.resource_id: shift.desk for shift in shifts}
    resources = [shift.resource_id for shift in shifts]
    interpreters = tuple(Interpreter.objects.filter(resource__in=resources).prefetch_related("masteries"))
    hours = site_day.opens_at, site_day.closes_at
    occupied = held_in([one.resource_id for one in interpreters], hours)
    meetings = (
        stand(meeting, at=at, closes_at=site_day.closes_at) for meeting in _board_meetings(site_day, signs)
    )
    absences = Absence.objects.filter(
        resource__in=resources, starts_at__lt=site_day.closes_at, ends_at__gt=site_day.opens_at
    )
    return Board(
        location, day, at, site_day, tuple(meetings), tuple(absences), shifts, interpreters, tuple(occupied)
    )


def recorded_last(board: Board, number: int = 5) -> list[tuple[Stood, AttendanceEvent]]:
    """What was recorded last of the day's meetings and can be undone, the newest first; one query."""
    by_key = {stood.meeting.key: stood for stood in board.meetings}
    events = AttendanceEvent.objects.filter(meeting__in=by_key).order_by("-pk")
    undone = {event.undoes_id for event in events}
    last: dict[int, AttendanceEvent] = {}
    for event in events:
        if event.kind != AttendanceEvent.Kind.UNDONE and event.pk not in undone:
            last.setdefault(event.meeting_id, event)
    return [(by_key[key], event) for key, event in list(last.items())[:number]]


def stamp_of(site_day: SiteDay) -> str:
    """Other with each change of what the day's board shows to hosts and coordinators; empty for others. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT board_stamp(%s)", [site_day.pk])
        return str(cursor.fetchone()[0] or "")


def _board_meetings(site_day: SiteDay, signs: dict[int, str]) -> Iterator[BoardMeeting]:
    """The day's meetings with what they point to, each of which is read once; five queries.

    By the key of the day, which the view looks up first; for a condition on a joined row it would read all days.
    """
    desks = list(OccupiedDesk.objects.filter(site_day=site_day.pk))
    agencies = Agency.objects.select_related("municipality").in_bulk({desk.agency_id for desk in desks})
    people = User.objects.in_bulk({desk.caseworker_id for desk in desks})
    rooms = Room.objects.in_bulk({desk.room_id for desk in desks if desk.room_id})
    forms = {form.meeting_id: form for form in MeetingForm.objects.filter(site_day_id=site_day.pk)}
    names = {key: user.get_full_name() or user.username for key, user in people.items()}
    for desk in desks:
        agency, resource = agencies[desk.agency_id], people[desk.caseworker_id].resource_id
        assert resource is not None
        yield BoardMeeting(
            key=desk.meeting_id,
            party=desk.party,
            is_reference=bool(desk.chain_reference),
            agency=agency.code,
            agency_name=agency.name,
            resource=resource,
            caseworker=names[desk.caseworker_id],
            desk=signs.get(resource, ""),
            room=str(rooms[desk.room_id]) if desk.room_id else "",
            starts_at=desk.starts_at,
            ends_at=desk.ends_at,
            attendance=desk.attendance,
            is_here=desk.is_here,
            is_in_meeting=desk.is_in_meeting,
            lacks_interpreter=desk.lacks_interpreter,
            interpreter=desk.interpreter_id,
            language=desk.language,
            interpreter_language=desk.interpreter_language,
            outside=desk.outside_interpreter,
            step_free=desk.step_free,
            adults=desk.adults,
            children=desk.children,
            form=forms[desk.meeting_id].at_a_distance if desk.meeting_id in forms else "",
            group=forms[desk.meeting_id].group_id if desk.meeting_id in forms else None,
            together=tuple(forms[desk.meeting_id].together) if desk.meeting_id in forms else (),
        )
