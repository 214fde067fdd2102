"""Whoever leads a site for an agency knows its numbers, and works out no few of another agency's by them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from django.utils import timezone

from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.figures.own import OwnFigures
from motesplats.followup.figures.period import Period
from motesplats.followup.refresh import make_edition, release
from motesplats.followup.suppression import is_small
from motesplats.followup.viewer import FIGURES
from motesplats.models import PublishedFigure, SiteFigure
from tests.factories.agencies import ManagerFactory, the_agency, the_site
from tests.motesplats.followup.attack import Attack

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SITES, MONTHS = ["norrkoping", "malmo", "orebro", "kalmar"], [8, 9, 10]
AGENCIES = ["MIG", "SKV", "AF", "FK", "PM", "KOM"]
MEASURE = "persons_met"
Met = dict[tuple[str, int, str], int]


def met_by(dice: Random) -> Met:
    """How many each agency met at each site and month: some of FK's and PM's are few."""
    return {
        (site, month, agency): dice.randint(1, 12) if agency in ("FK", "PM") else dice.randint(8, 40)
        for site, month, agency in product(SITES, MONTHS, AGENCIES)
    }


def met_by_some(dice: Random) -> Met:
    """The same where at two sites two agencies meet people, at one three, at one four; now and then one has nobody."""
    at = {"norrkoping": ["MIG", "FK"], "malmo": ["SKV", "PM"], "orebro": ["MIG", "FK", "PM"]}
    at["kalmar"] = ["SKV", "AF", "FK", "KOM"]
    met = {
        (site, month, agency): dice.randint(1, 8) if agency in ("FK", "PM") else dice.randint(8, 40)
        for site, agencies in at.items()
        for month, agency in product(MONTHS, agencies)
    }
    return met | {("orebro", 9, "PM"): 0, ("kalmar", 10, "AF"): 0}


def publish(met: Met) -> None:
    """The sites' own figures, whole and by agency, and their edition."""

    def row(site: str, month: int, dimension: str, key: str, number: int) -> SiteFigure:
        numbers = {"amount": number, "over": 0, "people": number}
        told = {f"told_{name}": value for name, value in numbers.items()}
        place = {"site": the_site(site), "month": date(2026, month, 1), "measure": MEASURE}
        return SiteFigure(**place, dimension=dimension, key=key, **numbers, **told)

    rows = [row(site, month, "agency", agency, number) for (site, month, agency), number in met.items()]
    for site, month in product(SITES, MONTHS):
        whole = sum(met.get((site, month, agency), 0) for agency in AGENCIES)
        rows += [row(site, month, "", "", whole)]
        rows += [
            SiteFigure(
                site=the_site(site),
                month=date(2026, month, 1),
                measure="participants",
                amount=whole,
                people=whole,
                told_amount=whole,
                told_people=whole,
            )
        ]
    with acting_as(FIGURES):
        SiteFigure.objects.bulk_create(rows)
    make_edition(year=2026, at=timezone.now())


def places(met: Met, **of: object) -> list[int]:
    """The unknowns of this site, month and agency, of all where one is not named."""
    names = ("site", "month", "agency")
    return [
        place
        for place, key in enumerate(met)
        if all(of.get(name) in (None, part) for name, part in zip(names, key, strict=True))
    ]


def told_to_everybody(met: Met) -> Iterator[list[int]]:
    for row in PublishedFigure.objects.filter(measure=MEASURE, is_hidden=False).select_related("site"):
        yield places(met, site=row.site and row.site.code, month=row.month, agency=row.key or None)


def told_to_leaders(met: Met, site: str, agency: str) -> Iterator[list[int]]:
    """What the site's own figures tell, by month and for the whole year."""
    year = own_figures(site, agency)
    months = {month: own_figures(site, agency, first=month, last=month) for month in MONTHS}
    for key in (None, *AGENCIES):
        part = ("agency", key) if key else ("", "")
        if year.whole(MEASURE, site=year.site, part=part).value is not None:
            yield places(met, site=site, agency=key)
        for month, own in months.items():
            figure = own.of_month(MEASURE, date(2026, month, 1), site=own.site, part=part)
            assert figure == year.of_month(MEASURE, date(2026, month, 1), site=own.site, part=part)
            if figure.value is not None:
                yield places(met, site=site, month=month, agency=key)


def own_figures(site: str, agency: str, *, first: int = 1, last: int = 11) -> OwnFigures:
    leader = ManagerFactory(sites=[the_site(site)], agency=the_agency(agency))
    period = Period(date(2026, first, 1), date(2026, last, 1))
    with acting_as(viewer_of(leader)):
        return OwnFigures(
            period, site=the_site(site).pk, agency=agency, measures=[MEASURE], dimensions=["agency"]
        )


def given_to(met: Met, site: str, agency: str, everybody: list[list[int]]) -> list[tuple[str, int, str]]:
    """The few that whoever leads the site for the agency works out, who knows which agencies meet nobody."""
    zeros = [place for place, number in enumerate(met.values()) if not number]
    attack = Attack([*everybody, *told_to_leaders(met, site, agency)], zeros=zeros)
    few = [key for key, number in met.items() if is_small(number) and key[2] != agency]
    assert few
    return [key for key in few if attack.gives(places(met, **named(key)))]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_leader_of_a_site_works_out_few_of_another_agency(seed):
    met = met_by(Random(seed))
    publish(met)
    everybody = list(told_to_everybody(met))
    for site, agency in product(SITES, ("MIG", "SKV", "AF", "FK")):
        assert given_to(met, site, agency, everybody) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nor_where_few_agencies_meet_people(seed):
    met = met_by_some(Random(seed))
    publish(met)
    everybody = list(told_to_everybody(met))
    for site, agency in {(site, agency) for site, _month, agency in met}:
        assert given_to(met, site, agency, everybody) == []


def test_nor_before_the_month_has_ended():
    november, other = date(2026, 11, 1), "FK"
    rows = [("", "", 40), ("agency", "MIG", 37), ("agency", other, 3)]
    with acting_as(FIGURES):
        SiteFigure.objects.bulk_create(
            SiteFigure(
                site=the_site("malmo"),
                month=november,
                measure=MEASURE,
                dimension=dimension,
                key=key,
                amount=number,
                over=0,
                people=number,
            )
            for dimension, key, number in rows
        )
        assert release(site=the_site("malmo").pk, month=november, today=date(2026, 11, 24)) == set()
    own = {agency: own_figures("malmo", agency) for agency in ("MIG", other)}
    told = [figures.of_month(MEASURE, november, site=figures.site).value for figures in own.values()]
    assert told == [None, Decimal(40)]


def named(key: tuple[str, int, str]) -> dict[str, object]:
    return dict(zip(("site", "month", "agency"), key, strict=True))


def test_an_own_agency_is_told_whole_and_others_where_nobody_is_few():
    met = met_by(Random(3))
    publish(met)
    told = list(told_to_leaders(met, "malmo", "FK"))
    for month in MONTHS:
        assert places(met, site="malmo", month=month, agency="FK") in told


def test_others_are_told_where_nobody_is_few():
    met = dict.fromkeys(met_by(Random(3)), 9)
    publish(met)
    told = list(told_to_leaders(met, "malmo", "FK"))
    for month, agency in product((None, *MONTHS), (None, *AGENCIES)):
        assert places(met, site="malmo", month=month, agency=agency) in told
