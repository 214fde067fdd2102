"""Interpreters, and open days with caseworkers and interpreters on shift."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q
from factory.declarations import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.helpers import post_generation

from agencies.models import Agency, Resource, Role, Site, SiteDay, User
from agencies.references import new_reference
from agencies.rosters import shifts as rostering
from agencies.spoken import of_letter
from interpreters.agreements.add import add_terms
from interpreters.agreements.costs import CancelStep
from interpreters.agreements.queries import county_of
from interpreters.models import (
    Agreement,
    AgreementRank,
    Form,
    Interpreter,
    InterpreterOrder,
    Level,
    Mastery,
    OrderEvent,
)
from tests.factories.agencies import ResourceFactory, SiteDayFactory, UserFactory, main_place, the_agency
from tests.factories.model import ModelFactory, lettered, spelled

LUNCH = (time(12), time(12, 45))


class InterpreterFactory(ModelFactory[Interpreter]):
    """An interpreter of `language` at Norrköping or the `sites` given."""

    class Meta:
        model = Interpreter
        skip_postgeneration_save = True

    name = Sequence(lettered("Tolk {}"))
    resource = SubFactory(
        ResourceFactory,
        kind=Resource.Kind.INTERPRETER,
        reference=Sequence(lambda number: f"T-{spelled(number)}"),
    )

    @post_generation
    def sites(self: Any, create, extracted, **kwargs):
        self.sites.set(extracted or Site.objects.filter(code="norrkoping"))

    @post_generation
    def language(self: Any, create, extracted, **kwargs):
        Mastery.objects.create(
            interpreter=self, language=of_letter(extracted or "ar"), level=kwargs.get("level", Level.AT)
        )


class AgreementFactory(ModelFactory[Agreement]):
    """The state's framework agreement of FK, MIG and PM; Östergötland's first, 214 kr for a started half hour.

    `agencies=` takes codes; cancelling costs half within 48 hours and all within 24.
    """

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    contract_number = Sequence(lettered("AVT-{}"))
    name = "Ramavtal"
    kind = Agreement.Kind.FRAMEWORK
    supplier = Sequence(lettered("Tolkhuset {}"))
    valid_from = date(2026, 1, 1)

    @post_generation
    def agencies(self: Any, create, extracted, **kwargs):
        self.agencies.set([the_agency(code) for code in extracted or ("FK", "MIG", "PM")])

    @post_generation
    def rank(self: Any, create, extracted, **kwargs):
        AgreementRank.objects.create(
            agreement=self, county=county_of(Site.objects.get(code="norrkoping")), rank=extracted or 1
        )

    @post_generation
    def terms(self: Any, create, extracted: dict[str, Any] | None, **kwargs):
        add_terms(
            **{
                "agreement": self,
                "valid_from": self.valid_from,
                "prices": {(form, "AT"): 21400 for form in Form.values},
                "steps": [CancelStep(48, 50), CancelStep(24, 100)],
                "travel": (30, 10700),
                "km_ore": 250,
            }
            | (extracted or {})
        )


class InterpreterOrderFactory(ModelFactory[InterpreterOrder]):
    """MIG's order of Arabic for the site day's first two hours; made inside `with acting(by):`."""

    class Meta:
        model = InterpreterOrder

    reference = LazyFunction(new_reference)
    agreement = SubFactory(AgreementFactory)
    agency = LazyFunction(lambda: the_agency("MIG"))
    site_day = SubFactory(SiteDayFactory)
    language = "ara"
    form = Form.SITE
    level = Level.AT
    starts_at = SelfAttribute("site_day.opens_at")
    ends_at = LazyAttribute(lambda order: order.starts_at + timedelta(hours=2))
    asked_at = LazyAttribute(lambda order: order.starts_at - timedelta(days=14))


class OrderEventFactory(ModelFactory[OrderEvent]):
    """That the order was asked for."""

    class Meta:
        model = OrderEvent

    kind = OrderEvent.Kind.ASKED
    at = SelfAttribute("order.asked_at")


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
    (opened,) = open_days(
        site, [day], desks=desks, interpreters=interpreters, opens=opens, closes=closes, lunch=lunch
    )
    return opened


def open_days(
    site: Site,
    days: Iterable[date],
    *,
    desks: Mapping[str, int] | None = None,
    interpreters: Mapping[str, int] | None = None,
    opens: time = rostering.OPENS,
    closes: time = rostering.CLOSES,
    lunch: tuple[time, time] | None = LUNCH,
) -> list[SiteDay]:
    """Open the site's main place on each of the days; its people are looked up once."""
    place = main_place(site)
    people = caseworkers_of(site, desks or {})
    pool = [
        tolk
        for language, number in (interpreters or {}).items()
        for tolk in interpreters_of(site, language, number)
    ]
    resources = [user.resource for user in people if user.resource] + [tolk.resource for tolk in pool]
    duties = [rostering.Duty(resource=resource, lunch=lunch) for resource in resources]
    opened = [rostering.open_day(location=place, day=day, opens=opens, closes=closes) for day in days]
    for site_day in opened:
        rostering.add_shifts(site_day=site_day, duties=duties)
    return opened


def caseworkers(site: Site, code: str, number: int) -> list[User]:
    """So many caseworkers of the agency at the site."""
    return caseworkers_of(site, {code: number})


def caseworkers_of(site: Site, desks: Mapping[str, int]) -> list[User]:
    """So many of each agency, looked up at once, for most tests open days; missing ones are created."""
    hosts = site.municipalities.filter(is_host=True)
    known = Agency.objects.filter(Q(municipality=None) | Q(municipality__in=hosts), code__in=desks)
    agencies = {agency.code: agency for agency in known}
    there = User.objects.filter(agency__in=agencies.values(), sites=site, role=Role.CASEWORKER)
    found: dict[str, list[User]] = {code: [] for code in desks}
    for user in there.filter(resource__isnull=False).select_related("agency", "resource").order_by("pk"):
        if user.agency:
            found[user.agency.code].append(user)
    missing = [code for code, number in desks.items() for _ in range(number - len(found[code]))]
    for code, user in zip(missing, _made(site, [agencies[code] for code in missing]), strict=True):
        found[code].append(user)
    return [user for code, number in desks.items() for user in found[code][:number]]


def _made(site: Site, agencies: Iterable[Agency]) -> list[User]:
    """A caseworker with a desk for each of the agencies, in three statements."""
    users = [UserFactory.build(agency=agency) for agency in agencies]
    Resource.objects.bulk_create([user.resource for user in users if user.resource])
    User.objects.bulk_create(users)
    User.sites.through.objects.bulk_create([User.sites.through(user=user, site=site) for user in users])
    return users


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
