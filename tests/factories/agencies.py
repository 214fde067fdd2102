"""Factories of staff, rooms and site days; sites and agencies come from the reference data."""

from datetime import date, time

import factory
from django.utils import timezone

from agencies.clock import at_wall_clock
from agencies.codes import KOM
from agencies.models import (
    Agency,
    Dispatch,
    Location,
    Resource,
    Role,
    Room,
    Site,
    SiteDay,
    Threshold,
    User,
)
from agencies.secrecy.context import acting_as, viewer_of
from agencies.staff import openers
from tests.factories.model import ModelFactory, lettered

PASSWORD = "correct horse battery"


def the_site(code: str = "norrkoping") -> Site:
    """The site with that code."""
    return Site.objects.get(code=code)


def the_agency(code: str, *, municipality: str = "0581") -> Agency:
    """The national agency with that code, or with KOM the municipality's."""
    return Agency.objects.get(code=code, municipality__code=municipality if code == KOM else None)


def main_place(site: Site) -> Location:
    """The site's main location."""
    return site.locations.get(kind=Location.Kind.MAIN)


class ResourceFactory(ModelFactory[Resource]):
    class Meta:
        model = Resource

    kind = Resource.Kind.DESK


class UserFactory(ModelFactory[User]):
    """A member of staff at Norrköping; `agency` is an Agency, its code or None; a caseworker has a desk."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        desk = factory.LazyAttribute(lambda user: user.role == Role.CASEWORKER)

    username = factory.Sequence(lettered("user{}"))
    first_name = "Test"
    last_name = factory.Sequence(lettered("Testsson {}"))
    password = factory.django.Password(PASSWORD)
    role = Role.CASEWORKER
    agency: Agency | str | None = "MIG"
    resource = factory.Maybe("desk", factory.SubFactory(ResourceFactory), None)

    @classmethod
    def _create(cls, model_class, *args, agency, **kwargs):
        found = the_agency(agency) if isinstance(agency, str) else agency
        return super()._create(model_class, *args, agency=found, **kwargs)

    @factory.post_generation
    def sites(self, create, extracted, **kwargs):
        if create:
            self.sites.add(*([the_site()] if extracted is None else extracted))


class CoordinatorFactory(UserFactory):
    role = Role.COORDINATOR
    agency = None


class ManagerFactory(UserFactory):
    role = Role.MANAGER


class HostFactory(UserFactory):
    role = Role.HOST
    agency = None


class SecretariatFactory(UserFactory):
    role = Role.SECRETARIAT
    agency = None


class RoomFactory(ModelFactory[Room]):
    class Meta:
        model = Room

    location = factory.LazyFunction(lambda: main_place(the_site()))
    name = factory.Sequence(lettered("Rum {}"))
    resource = factory.SubFactory(ResourceFactory, kind=Resource.Kind.ROOM)


class LocationFactory(ModelFactory[Location]):
    class Meta:
        model = Location

    site = factory.LazyFunction(the_site)
    kind = Location.Kind.BRANCH
    name = factory.Sequence(lettered("Filial {}"))


class SiteDayFactory(ModelFactory[SiteDay]):
    class Meta:
        model = SiteDay
        django_get_or_create = ("location", "date")

    location = factory.LazyFunction(lambda: main_place(the_site()))
    date = factory.LazyFunction(timezone.localdate)
    opens_at = factory.LazyAttribute(lambda day: at_wall_clock(day.date, time(8, 30)))
    closes_at = factory.LazyAttribute(lambda day: at_wall_clock(day.date, time(16)))


class ThresholdFactory(ModelFactory[Threshold]):
    """A value that has held for long."""

    class Meta:
        model = Threshold

    valid_from = date(2016, 1, 1)
    set_by = factory.SubFactory(SecretariatFactory)


class DispatchFactory(ModelFactory[Dispatch]):
    """A row of the outbox, due now; made inside `with acting(by):`."""

    class Meta:
        model = Dispatch

    kind = "tests.thing"
    subject = factory.Sequence(int)
    agency = factory.SelfAttribute("by.agency")
    asked_at = factory.LazyFunction(timezone.now)
    due_at = factory.SelfAttribute("asked_at")


def name_opener(user: User, *, site: str = "norrkoping") -> None:
    """Let a manager of the user's agency name the user as an opener of protected identities at the site."""
    manager = ManagerFactory(agency=user.agency, sites=[the_site(site)])
    with acting_as(viewer_of(manager)):
        openers.name_opener(user=user, site=the_site(site), by=manager, at=timezone.now())
