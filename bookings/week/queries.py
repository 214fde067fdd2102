"""Reads of a location's week for its roster: a fixed number of queries, however many work there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects

from agencies.clock import at_wall_clock
from agencies.models import Absence, Agency, Break, Holiday, Location, Role, Shift, SiteDay, User
from agencies.rosters.held import Held, held_of
from agencies.rosters.lists import shifts_seen_by
from bookings.board.lanes import PREFERRED
from interpreters.models import Interpreter

WORKING_DAYS, WEEK = 5, 7


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody with a row; `key`: the user name or the interpreter's reference, `code`: of agency or language.

    `has_left`: the account is closed or works here no more, and somebody has to take over what is booked.
    """

    resource: int
    key: str
    name: str
    code: str
    title: str = ""
    is_interpreter: bool = False
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Crew:
    """The people of an agency, or the interpreters of a language."""

    is_pool: bool
    code: str
    title: str
    workers: tuple[Worker, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A location's week as the viewer sees it; `shifts` also those of its people elsewhere at the viewer's sites."""

    location: Location
    monday: date
    open_days: dict[date, SiteDay]
    holidays: dict[date, str]
    workers: tuple[Worker, ...]
    shifts: tuple[Shift, ...]
    breaks: dict[int, list[Break]]  # by key of the shift
    absences: tuple[Absence, ...]
    held: dict[int, list[Held]]  # by key of the resource

    @property
    def dates(self) -> list[date]:
        """Monday to Friday, and of the weekend what is open."""
        days = (self.monday + timedelta(days=n) for n in range(WEEK))
        return [day for n, day in enumerate(days) if n < WORKING_DAYS or day in self.open_days]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=WEEK - 1)

    def is_here(self, shift: Shift) -> bool:
        """Whether the shift is at this location."""
        return shift.site_day.location_id == self.location.pk

    def worker(self, key: str) -> Worker | None:
        """The one who is called so in addresses, if there is a row."""
        return next((worker for worker in self.workers if worker.key == key), None)

    def breaks_in(self, shift: Shift) -> list[Break]:
        return self.breaks.get(shift.pk, [])

    def missed_within(self, shift: Shift, *, has_left: bool = False) -> list[Held]:
        """What is booked against the shift while its holder is absent; all of it, if the holder has left."""
        held = self.held_within(shift)
        if has_left:
            return held
        away = [one for one in self.absences if one.resource_id == shift.resource_id]
        return [
            one
            for one in held
            if any(one.starts_at < gone.ends_at and gone.starts_at < one.ends_at for gone in away)
        ]

    def held_within(self, shift: Shift) -> list[Held]:
        """What is booked against the shift."""
        return [
            one
            for one in self.held.get(shift.resource_id, ())
            if shift.starts_at <= one.starts_at < shift.ends_at
        ]


def load_week(location: Location, monday: date, *, viewer: User) -> Week:
    """The location's week; ten queries."""
    span = monday, monday + timedelta(days=WEEK - 1)
    days = SiteDay.objects.filter(location=location, date__range=span, closed_at=None)
    open_days = {day.date: day for day in days.select_related("location__site")}
    workers = tuple(workers_of(location, viewer, on=open_days.values()))
    keys = [worker.resource for worker in workers]
    seen = shifts_seen_by(viewer).filter(site_day__date__range=span, resource__in=keys)
    shifts = list(seen.order_by("site_day__date", "site_day_id", "starts_at", "pk"))
    known = SiteDay.objects.in_bulk({shift.site_day_id for shift in shifts})  # hundreds of shifts, a few days
    for shift in shifts:
        shift.site_day = known[shift.site_day_id]
    breaks: dict[int, list[Break]] = {}
    for pause in Break.objects.filter(shift__in=[shift.pk for shift in shifts]):
        breaks.setdefault(pause.shift_id, []).append(pause)
    elsewhere = [shift for shift in shifts if shift.site_day.location_id != location.pk]
    prefetch_related_objects(elsewhere, "site_day__location")
    begins, ends = at_wall_clock(monday, time()), at_wall_clock(monday + timedelta(days=WEEK), time())
    absences = Absence.objects.filter(resource__in=keys, ends_at__gt=begins, starts_at__lt=ends)
    held: dict[int, list[Held]] = {}
    if open_days:
        opens = min(day.opens_at for day in open_days.values())
        for one in held_of(keys, (opens, max(day.closes_at for day in open_days.values()))):
            held.setdefault(one.resource, []).append(one)
    workers = tuple(one for one in workers if not one.has_left or one.resource in held)
    holidays = Holiday.objects.filter(date__range=(span[0], span[1] + timedelta(days=1)))
    return Week(
        location,
        monday,
        open_days,
        {holiday.date: holiday.name for holiday in holidays},
        workers,
        tuple(shifts),
        breaks,
        tuple(absences),
        held,
    )


def workers_of(location: Location, viewer: User, *, on: Iterable[SiteDay] = ()) -> Iterator[Worker]:
    """Whoever may be on shift at the site, and who has left and still stands on shift on these days.

    Of the own agency, for coordinators and hosts everybody.
    """
    stays = Exists(User.sites.through.objects.filter(user=OuterRef("pk"), site=location.site_id))
    left_over = Exists(Shift.objects.filter(resource=OuterRef("resource"), site_day__in=list(on)))
    people = User.objects.alias(stays=stays).annotate(is_here=Q(stays=True, is_active=True))
    people = people.filter(Q(is_here=True) | left_over, resource__isnull=False)
    sees_all = viewer.role in (Role.COORDINATOR, Role.HOST)
    people = people.filter(Q(agency__isnull=False) if sees_all else Q(agency=viewer.agency_id))
    found = list(people.order_by("first_name", "last_name", "pk"))
    agencies = Agency.objects.select_related("municipality").in_bulk({user.agency_id for user in found})
    for user in found:
        assert user.agency_id
        assert user.resource_id
        agency = agencies[user.agency_id]
        yield Worker(
            user.resource_id,
            user.username,
            str(user),
            agency.code,
            agency.name,
            has_left=not user.is_here,
        )
    if sees_all:
        pool = Interpreter.objects.filter(sites=location.site_id, resource__reference__gt="")
        for one in pool.select_related("resource").prefetch_related("masteries").order_by("name"):
            code = next((mastery.language for mastery in one.masteries.all()), "")
            reference = one.resource.reference or ""
            yield Worker(one.resource_id, reference, one.name, code, is_interpreter=True)


def grouped(workers: Iterable[Worker]) -> Iterator[Crew]:
    """The agencies in the order of a day with their people, then the languages with their interpreters."""
    found: dict[tuple[bool, str, str], list[Worker]] = {}
    for worker in workers:
        found.setdefault((worker.is_interpreter, worker.code, worker.title), []).append(worker)
    for key in sorted(found, key=_place):
        yield Crew(*key, tuple(found[key]))


def _place(key: tuple[bool, str, str]) -> tuple[bool, int, str, str]:
    is_pool, code, title = key
    return is_pool, PREFERRED.index(code) if code in PREFERRED else len(PREFERRED), code, title
