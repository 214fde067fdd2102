"""Whom and what the rows of a file name: people, days; and what is wrong with those that name nobody."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from agencies.clock import at_wall_clock
from agencies.models import Location, Resource, Role, Site, SiteDay, User
from agencies.models.people import Folded
from agencies.rosters.held import Period
from agencies.rosters.import_file import RosterRow
from agencies.web.csv_rows import RowError


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row with what it names, and its hours as moments."""

    row: RosterRow
    site_day: SiteDay
    resource: int
    hours: Period
    breaks: tuple[Period, ...]

    def error(self, column: str, message: str) -> RowError:
        return RowError(self.row.number, column, message)


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A user with a desk, or an interpreter, who has no agency and no sites here."""

    resource: int
    agency: int | None = None
    code: str = ""
    sites: frozenset[int] | None = None


@dataclass(frozen=True)
class Directory:
    """All that the file's rows may name; five queries, however many rows."""

    by: User
    sites: Mapping[str, Site]
    own: frozenset[int]
    locations: Mapping[tuple[int, str], Sequence[Location]]
    days: Mapping[tuple[int, date], SiteDay]
    users: Mapping[str, RosterPerson]
    interpreters: Mapping[str, RosterPerson]

    def wanted(self, row: RosterRow) -> Wanted | list[RowError]:
        """The row with what it names, or all that is wrong with it."""
        site, day, person = self.sites.get(row.site), None, self._person(row)
        wrong = dict(self._wrong_place(row, site))
        if site and not wrong:
            (location,) = self._locations(row, site)
            day = self.days.get((location.pk, row.day))
            wrong |= dict(_wrong_hours(row, location, day))
        wrong |= dict(self._wrong_person(row, None if "site" in wrong else site, person))
        if wrong or day is None or person is None:
            return [RowError(row.number, column, message) for column, message in wrong.items()]
        lunch = (_period(row, row.lunch),) if row.lunch else ()
        return Wanted(row, day, person.resource, _period(row, (row.starts, row.ends)), lunch)

    def _person(self, row: RosterRow) -> RosterPerson | None:
        interpreter = None if row.agency else self.interpreters.get(row.user.upper())
        return interpreter or self.users.get(folded(row.user))

    def _locations(self, row: RosterRow, site: Site) -> Sequence[Location]:
        return self.locations.get((site.pk, row.location), ())

    def _wrong_place(self, row: RosterRow, site: Site | None) -> Iterator[tuple[str, str]]:
        if site is None:
            yield "site", _("There is no site with this code.")
        elif site.pk not in self.own:
            yield "site", _("You do not work at %(site)s.") % {"site": site}
        elif len(self._locations(row, site)) != 1:
            yield (
                "location",
                _("The site has no location, or several, of this name. Leave it empty for the main place."),
            )

    def _wrong_person(
        self, row: RosterRow, site: Site | None, person: RosterPerson | None
    ) -> Iterator[tuple[str, str]]:
        if person is None:
            yield "user", _("There is nobody with this user name or reference who can be on shift.")
            return
        if person.code != row.agency:
            words = {"agency": person.code or "–"}
            yield "agency", _("This person's agency is %(agency)s.") % words
        if self.by.role == Role.MANAGER and (person.agency is None or person.agency != self.by.agency_id):
            yield "user", _("You edit the shifts of your own agency's people only.")
        elif site and person.sites is not None and site.pk not in person.sites:
            yield "user", _("This person does not work at %(site)s.") % {"site": site}


def read_directory(rows: Sequence[RosterRow], *, by: User) -> Directory:
    """Look up what the rows name."""
    sites = Site.objects.in_bulk({row.site for row in rows}, field_name="code")
    locations = defaultdict(list)
    for location in Location.objects.filter(site__in=sites.values()).select_related("site"):
        locations[location.site_id, location.own_name].append(location)
    days = SiteDay.objects.filter(
        location__site__in=sites.values(), date__in={row.day for row in rows}, closed_at=None
    ).select_related("location__site")
    references = {row.user.upper() for row in rows}
    found = Resource.objects.filter(kind=Resource.Kind.INTERPRETER, reference__in=references)
    return Directory(
        by=by,
        sites=sites,
        own=frozenset(by.sites.values_list("pk", flat=True)),
        locations=locations,
        days={(day.location_id, day.date): day for day in days},
        users=_users({row.user for row in rows}),
        interpreters={one.reference: RosterPerson(one.pk) for one in found if one.reference},
    )


def _users(names: Iterable[str]) -> dict[str, RosterPerson]:
    """The people with a desk, by their folded user names."""
    found = (
        User.objects.annotate(folded=Folded("username"))
        .filter(folded__in={folded(name) for name in names})
        .filter(is_active=True, resource__isnull=False, agency__isnull=False)
        .select_related("agency")
        .prefetch_related("sites")
    )
    return {
        folded(user.username): RosterPerson(
            user.resource_id or 0,
            user.agency_id,
            user.agency.code if user.agency else "",
            frozenset(site.pk for site in user.sites.all()),
        )
        for user in found
    }


def folded(name: str) -> str:
    """The user name as it is compared."""
    return unicodedata.normalize("NFKC", name).casefold()


def _wrong_hours(row: RosterRow, location: Location, day: SiteDay | None) -> Iterator[tuple[str, str]]:
    if day is None:
        words = {"location": location, "day": row.day}
        yield "date", _("%(location)s is not open on %(day)s. Open the day first.") % words
        return
    starts_at, ends_at = _period(row, (row.starts, row.ends))
    if starts_at < day.opens_at:
        yield "starts", _("A shift lies within the hours of the day.")
    if ends_at > day.closes_at:
        yield "ends", _("A shift lies within the hours of the day.")


def _period(row: RosterRow, clocks: tuple[time, time]) -> Period:
    return at_wall_clock(row.day, clocks[0]), at_wall_clock(row.day, clocks[1])
