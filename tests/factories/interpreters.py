"""Interpreters, and open days with caseworkers and interpreters on shift."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.helpers import post_generation

from agencies.models import Resource, Role, Site, SiteDay, User
from agencies.rosters import shifts as rostering
from agencies.spoken import of_letter
from interpreters.models import Interpreter, Level, Mastery
from tests.factories.agencies import ResourceFactory, UserFactory, main_place, the_agency
from tests.factories.model import ModelFactory

LUNCH = (time(12), time(12, 45))


class InterpreterFactory(ModelFactory[Interpreter]):
    """An interpreter of `language` at Norrköping or the `sites` given."""

    class Meta:
        model = Interpreter
        skip_postgeneration_save = True

    name = Sequence("Tolk {}".format)
    resource = SubFactory(ResourceFactory, kind=Resource.Kind.INTERPRETER)

    @post_generation
    def sites(self: Any, create, extracted, **kwargs):
        self.sites.set(extracted or Site.objects.filter(code="norrkoping"))

    @post_generation
    def language(self: Any, create, extracted, **kwargs):
        Mastery.objects.create(
            interpreter=self, language=of_letter(extracted or "ar"), level=kwargs.get("level", Level.AT)
        )


def open_day(
    site: Site,
    day: date,
    *,
    desks: Mapping[str, int] | None = None,
    interpreters: Mapping[str, int] | None = None,
    opens: time = rostering.OPENS,
    closes: time = rostering.CLOSES,
    lunch: tuple[time, time] | None = LUNCH,
) -> SiteDay:
    """Open the site's main place with so many caseworkers per agency and interpreters per language on shift.

    Several days share the same people; missing ones are created. Raises DayNotOpened on a public holiday.
    """
    site_day = rostering.open_day(location=main_place(site), day=day, opens=opens, closes=closes)
    people = [user for code, number in (desks or {}).items() for user in caseworkers(site, code, number)]
    pool = [
        tolk
        for language, number in (interpreters or {}).items()
        for tolk in interpreters_of(site, language, number)
    ]
    resources = [user.resource for user in people if user.resource] + [tolk.resource for tolk in pool]
    duties = [rostering.Duty(resource=resource, lunch=lunch) for resource in resources]
    rostering.add_shifts(site_day=site_day, duties=duties)
    return site_day


def caseworkers(site: Site, code: str, number: int) -> list[User]:
    """So many caseworkers of the agency at the site."""
    agency = the_agency(code, municipality=site.municipalities.get(is_host=True).code)
    there = User.objects.filter(agency=agency, sites=site, role=Role.CASEWORKER, resource__isnull=False)
    found = list(there.order_by("pk")[:number])
    return found + [UserFactory.create(agency=agency, sites=[site]) for _ in range(number - len(found))]


def interpreters_of(site: Site, language: str, number: int) -> list[Interpreter]:
    """So many interpreters of the language at the site."""
    found = list(
        Interpreter.objects.filter(sites=site, masteries__language=of_letter(language)).order_by("pk")[
            :number
        ]
    )
    return found + [
        InterpreterFactory.create(sites=[site], language=language) for _ in range(number - len(found))
    ]
