"""The demo's rosters: opens and staffs every working day of the next twelve weeks."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, islice

from django.db import transaction

from agencies.codes import KOM
from agencies.models import Holiday, Location, Resource, Site, SiteDay, User
from agencies.rosters.patterns import PatternHours, add_pattern
from agencies.rosters.shifts import CLOSES, OPENS, Duty, add_shifts, open_day
from interpreters.models import Interpreter
from motesplats.demo.data import DemoSite
from motesplats.demo.staff import agency_at

AHEAD = 60  # working days
# Families meet Migrationsverket first and Arbetsförmedlingen last, so each agency is there at the hours it is met.
HOURS = {
    "MIG": (time(8, 30), time(12)),
    "SKV": (time(8, 30), time(14, 30)),
    "FK": (time(9, 30), time(16)),
    "AF": (time(9, 30), time(16)),
    KOM: (time(8, 30), time(15)),
    "PM": (time(9, 30), time(15)),
}
LUNCHES = (
    (time(11, 30), time(12, 15)),
    (time(12), time(12, 45)),
    (time(12, 30), time(13, 15)),
)


def working_days(first: date, number: int) -> list[date]:
    """The first `number` days from `first` on that are neither weekends nor public holidays."""
    closed = set(Holiday.objects.filter(date__gte=first).values_list("date", flat=True))
    days = (first + timedelta(days=n) for n in count())
    return list(islice((day for day in days if day.weekday() < 5 and day not in closed), number))


def roll_rosters(demo: DemoSite, *, today: date) -> list[SiteDay]:
    """Open and staff the coming working days that are not open yet; return those."""
    return open_missing(demo, working_days(today, AHEAD))


def open_missing(demo: DemoSite, days: list[date]) -> list[SiteDay]:
    """Open and staff those of the days that are not open yet; return those."""
    site = Site.objects.get(code=demo.code)
    location = site.locations.get(kind=Location.Kind.MAIN)
    known = set(SiteDay.objects.filter(location=location, date__in=days).values_list("date", flat=True))
    missing = [day for day in days if day not in known]
    duties = list(_duties(demo, site)) if missing else []
    return [_open(location, day, duties) for day in missing]


def keep_pattern(demo: DemoSite, *, at: datetime) -> None:
    """Open the place from Monday to Friday with all its caseworkers, unless it has a weekly pattern already."""
    site = Site.objects.get(code=demo.code)
    location = site.locations.get(kind=Location.Kind.MAIN)
    if location.patterns.exists():
        return
    desks = Resource.objects.filter(caseworker__sites=site, caseworker__is_active=True)
    for weekday in range(1, 6):
        add_pattern(
            location=location,
            weekday=weekday,
            hours=PatternHours(OPENS, CLOSES, LUNCHES[1]),
            valid_from=at.date(),
            valid_to=None,
            people=list(desks),
            by=User.objects.get(username=f"samordnare.{demo.code}"),
            at=at,
        )


@transaction.atomic
def _open(location: Location, day: date, duties: list[Duty]) -> SiteDay:
    site_day = open_day(location=location, day=day)
    add_shifts(site_day=site_day, duties=duties)
    return site_day


def _duties(demo: DemoSite, site: Site) -> Iterator[Duty]:
    for code in demo.desks:
        staff = User.objects.filter(
            agency=agency_at(site, code), sites=site, username__endswith=f".{demo.code}"
        )
        desks = staff.filter(resource__isnull=False).select_related("resource").order_by("resource")
        for number, caseworker in enumerate(desks):
            assert caseworker.resource is not None
            yield _desk_duty(code, number, caseworker.resource)
    pool = Interpreter.objects.filter(sites=site).select_related("resource").order_by("resource")
    for number, interpreter in enumerate(pool):
        yield Duty(interpreter.resource, lunch=_lunch(number), remote=interpreter.remote)


def _desk_duty(code: str, number: int, desk: Resource) -> Duty:
    starts, ends = HOURS[code]
    lunch = _lunch(number)
    return Duty(
        desk, starts=starts, ends=ends, lunch=lunch if lunch[1] < ends else None, desk=str(number + 1)
    )


def _lunch(number: int) -> tuple[time, time]:
    return LUNCHES[number % len(LUNCHES)]
