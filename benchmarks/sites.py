"""Sites to measure on: staff, interpreters, open days, and chains written straight into the tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from agencies.codes import KOM
from agencies.models import (
    Agency,
    Location,
    Municipality,
    Resource,
    Role,
    Service,
    Site,
    SiteDay,
    User,
)
from agencies.references import new_reference
from agencies.rosters.shifts import Duty, add_shifts, open_day
from agencies.secrecy.context import acting_as, viewer_of
from agencies.spoken import WITHOUT_INTERPRETER, of_letter
from agencies.staff.manage import create_user
from bookings.models import Chain, Claim, LegalBasis, Meeting, Newcomer, Party, Track
from bookings.parties.members import Member
from interpreters.models import Interpreter, Level
from interpreters.pool.add import add_interpreter
from motesplats.demo.rosters import working_days

LUNCH = (time(12), time(12, 45))
NOTICE = timedelta(days=10)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class BenchSite:
    """A site filled for one benchmark: caseworkers by agency code, interpreters by language."""

    site: Site
    days: list[SiteDay]
    desks: dict[str, list[User]]
    interpreters: dict[str, list[Interpreter]]

    @property
    def municipality(self) -> Municipality:
        return Municipality.objects.get(site=self.site, is_host=True)

    @property
    def first(self) -> date:
        return self.days[0].date

    @property
    def last(self) -> date:
        return self.days[-1].date


@dataclass(frozen=True)
class BenchMeeting:
    """A meeting to write: its caseworker, its hours, and claims besides the desk's (resource, hours)."""

    caseworker: User
    span: Span
    also: tuple[tuple[int, Span], ...] = ()


def prepare_database() -> None:
    """Load the reference data; exits if the database has users."""
    if User.objects.exists():
        raise SystemExit("Somebody uses this database. Run script/bench, which brings its own.")
    call_command("load_reference")


def make_site(
    code: str, *, desks: Mapping[str, int], interpreters: Mapping[str, int] | None = None, days: int
) -> BenchSite:
    """Open so many working days of a site and put this many desks and interpreters on shift."""
    site = Site.objects.get(code=code)
    staff = {
        agency: [_caseworker(site, agency, n) for n in range(number)] for agency, number in desks.items()
    }
    pool = {
        language: [_interpreter(site, language, n) for n in range(number)]
        for language, number in (interpreters or {}).items()
    }
    resources = [_desk(user) for users in staff.values() for user in users]
    resources += [interpreter.resource for each in pool.values() for interpreter in each]
    location = site.locations.get(kind=Location.Kind.MAIN)
    opened = []
    for day in working_days(timezone.localdate() + NOTICE, days):
        opened.append(open_day(location=location, day=day))
        add_shifts(site_day=opened[-1], duties=[Duty(resource, lunch=LUNCH) for resource in resources])
    return BenchSite(site, opened, staff, pool)


def take(
    bench: BenchSite, by: User, days: Mapping[SiteDay, Sequence[Sequence[BenchMeeting]]]
) -> tuple[int, int]:
    """Write booked parties straight into the tables; `days`: each day's parties with their meetings.

    Returns the numbers of parties and of claims.
    """
    families = [(day, meetings) for day, each in days.items() for meetings in each]
    services = {service.agency_code: service for service in Service.objects.all()}
    with acting_as(viewer_of(by)):
        parties = add_parties(bench, by, number=len(families), births=[date(1990, 1, 1)])
        chains = new_chains(by, [(party, day) for party, (day, _) in zip(parties, families, strict=True)])
        pairs = [
            (
                planned,
                Meeting(
                    chain=chain,
                    agency=_agency(planned.caseworker),
                    service=services[_agency(planned.caseworker).code],
                    caseworker=planned.caseworker,
                    who="adults",
                    starts_at=planned.span[0],
                    ends_at=planned.span[1],
                ),
            )
            for chain, (_day, meetings) in zip(chains, families, strict=True)
            for planned in meetings
        ]
        Meeting.objects.bulk_create([meeting for _planned, meeting in pairs], batch_size=2000)
        claims = [
            Claim(meeting=meeting, resource_id=resource, period=DateTimeTZRange(*span))
            for planned, meeting in pairs
            for resource, span in ((_desk(planned.caseworker).pk, planned.span), *planned.also)
        ]
        Claim.objects.bulk_create(claims, batch_size=2000)
    return len(parties), len(claims)


def new_chains(by: User, days: Iterable[tuple[Party, SiteDay]]) -> list[Chain]:
    """Write a chain without meetings for each party on its day."""
    track = Track.objects.get(number=1)
    return Chain.objects.bulk_create(
        Chain(reference=_reference(), party=party, site_day=day, track=track, waiting_minutes=0, booked_by=by,
              booked_at=timezone.now(), proposal="")
        for party, day in days
    )  # fmt: skip


def add_parties(
    bench: BenchSite,
    by: User,
    *,
    number: int,
    births: Sequence[date],
    language: str = "ar",
    basis: str = "UTL-5-1",
) -> list[Party]:
    """Write so many parties that differ in nothing but their references."""
    legal_basis, home = LegalBasis.objects.get(code=basis), bench.municipality
    resources = Resource.objects.bulk_create(Resource(kind=Resource.Kind.PARTY) for _ in range(number))
    parties = Party.objects.bulk_create(
        Party(reference=_reference(), owner=by.agency, resource=resource, language=language,
              interpreter_language=of_letter(language), needs_interpreter=language not in WITHOUT_INTERPRETER,
              municipality=home,
              legal_basis=legal_basis, registered_at=timezone.now(), registered_by=by, registration=uuid4())
        for resource in resources
    )  # fmt: skip
    Newcomer.objects.bulk_create(
        Newcomer(party=party, given_name="Amal", family_name="Darwish", birth_date=birth)
        for party in parties
        for birth in births
    )
    return parties


def family_of_four() -> list[Member]:
    """A couple with two children."""
    births = (date(1988, 3, 14), date(1990, 11, 2), date(2016, 5, 21), date(2021, 8, 9))
    names = ("Layla", "Omar", "Sami", "Noor")
    return [Member(name, "Haddad", birth) for name, birth in zip(names, births, strict=True)]


def analyse() -> None:
    """Update PostgreSQL's statistics now, as autovacuum would after a while."""
    from django.db import connections

    with connections["migrator"].cursor() as cursor:
        cursor.execute("ANALYZE")


_taken: set[str] = set()


def _reference() -> str:
    """A random reference that this run has not used yet."""
    while (reference := new_reference()) in _taken:
        pass
    _taken.add(reference)
    return reference


def _caseworker(site: Site, code: str, number: int) -> User:
    where = {"municipality__site": site, "municipality__is_host": True} if code == KOM else {"code": code}
    return create_user(
        username=f"{code.lower()}{number}.{site.code}",
        name=("Test", f"Testsson {number}"),
        role=Role.CASEWORKER,
        agency=Agency.objects.get(**where),
        sites=[site],
    )


def _agency(user: User) -> Agency:
    assert user.agency is not None
    return user.agency


def _desk(user: User) -> Resource:
    assert user.resource is not None
    return user.resource


def _interpreter(site: Site, language: str, number: int) -> Interpreter:
    return add_interpreter(name=f"Tolk {number}", levels={language: Level.AT}, sites=[site])


def halves(day: SiteDay) -> Iterable[Span]:
    """The parts of the day before and after lunch."""
    lunch = [day.opens_at + timedelta(hours=3.5), day.opens_at + timedelta(hours=4.25)]
    return [(day.opens_at, lunch[0]), (lunch[1], day.closes_at)]
