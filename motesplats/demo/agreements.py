"""The demo's agreements on interpreters as in 2018: the state's framework, own contracts, the municipality's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agencies.codes import KOM
from agencies.models import Agency, Site
from interpreters.agreements.add import add_agreement, add_terms
from interpreters.agreements.costs import CancelStep
from interpreters.agreements.queries import county_of
from interpreters.models import Agreement, Form, Level
from motesplats.demo.data import DemoSite
from motesplats.demo.staff import agency_at

VALID_FROM = date(2018, 1, 1)
LATE = (CancelStep(48, 50), CancelStep(24, 100))
# Öre for a started half hour on site, by level; by telephone and on screen it is somewhat less.
ON_SITE = {Level.RT: 27600, Level.ST: 24900, Level.AT: 21400, Level.UT: 18200, Level.OT: 16900}
REMOTE_PERCENT = 88


@dataclass(frozen=True, slots=True)
class DemoAgreement:
    """An agreement with its terms; without `agencies` it is the municipality's of one site."""

    number: str
    name: str
    kind: Agreement.Kind
    supplier: str
    agencies: tuple[str, ...]
    terms: Mapping[str, Any]
    rank: int | None = None
    percent: int = 100  # of the prices on site above


FRAMEWORK = {"steps": LATE, "travel": (30, 10700), "km_ore": 250}
OF_THE_STATE = (
    DemoAgreement(
        "DEMO-RAM-1",
        "Ramavtal tolkförmedling, Kammarkollegiet",
        Agreement.Kind.FRAMEWORK,
        "Exempeltolk ett",
        ("FK", "SKV", "PM"),
        FRAMEWORK,
        rank=1,
    ),
    DemoAgreement(
        "DEMO-RAM-2",
        "Ramavtal tolkförmedling, Kammarkollegiet",
        Agreement.Kind.FRAMEWORK,
        "Exempeltolk två",
        ("FK", "SKV", "PM"),
        FRAMEWORK,
        rank=2,
        percent=106,
    ),
    DemoAgreement(
        "DEMO-MIG",
        "Migrationsverkets eget avtal",
        Agreement.Kind.OWN,
        "Exempeltolk tre",
        ("MIG",),
        {"unit_minutes": 60, "minimum_minutes": 60, "steps": (CancelStep(24, 100),), "travel": (60, 20000)},
        percent=190,
    ),
    DemoAgreement(
        "DEMO-AF",
        "Arbetsförmedlingens eget avtal",
        Agreement.Kind.OWN,
        "Exempeltolk fyra",
        ("AF",),
        {"minimum_minutes": 60, "steps": LATE, "travel": (30, 9800), "km_ore": 290},
        percent=97,
    ),
)


def of_municipality(demo: DemoSite) -> DemoAgreement:
    """The own agreement of the site's municipality, by the minute."""
    return DemoAgreement(
        f"DEMO-KOM-{demo.code.upper()}",
        "Kommunens eget avtal",
        Agreement.Kind.MUNICIPAL,
        "Exempeltolk fem",
        (KOM,),
        {"unit_minutes": 1, "minimum_minutes": 30, "steps": (CancelStep(48, 100),), "travel": (1, 310)},
        percent=3,
    )


def keep_agreements(demo: DemoSite) -> None:
    """Add the agreements that are missing, those of the state once, and let none of them change."""
    site = Site.objects.get(code=demo.code)
    known = set(Agreement.objects.values_list("contract_number", flat=True))
    for one in (*OF_THE_STATE, of_municipality(demo)):
        if one.number not in known:
            _add(one, [agency_at(site, code) for code in one.agencies])
        if one.rank:
            _rank(one, county_of(site))


def _add(one: DemoAgreement, agencies: list[Agency]) -> None:
    agreement = add_agreement(
        contract_number=one.number,
        name=one.name,
        kind=one.kind,
        supplier=one.supplier,
        agencies=agencies,
        orderer=agencies[0],
        valid_from=VALID_FROM,
    )
    prices = {
        (form.value, level.value): ore
        * one.percent
        // 100
        * (100 if form == Form.SITE else REMOTE_PERCENT)
        // 100
        for form in Form
        for level, ore in ON_SITE.items()
    }
    add_terms(agreement=agreement, valid_from=VALID_FROM, prices=prices, **one.terms)


def _rank(one: DemoAgreement, county: str) -> None:
    agreement = Agreement.objects.get(contract_number=one.number)
    if county and one.rank and not agreement.ranks.filter(county=county).exists():
        agreement.ranks.create(county=county, rank=one.rank)
