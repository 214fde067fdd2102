"""Whoever keeps each month's edition, and knows when a site was closed, works out nobody's few by them."""

from datetime import date, datetime
from itertools import product
from random import Random

import pytest

from agencies.clock import STOCKHOLM
from agencies.secrecy.context import acting_as
from motesplats.followup.refresh import make_edition
from motesplats.followup.suppression import is_small
from motesplats.followup.viewer import FIGURES
from motesplats.models import PublishedFigure, SiteFigure
from tests.factories.agencies import the_site
from tests.motesplats.followup.attack import Attack, with_nobody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SITES, SEXES = ["norrkoping", "malmo", "orebro", "kalmar"], ["F", "M", "U"]
MONTHS = range(1, 11)
Atom = tuple[str, int, str]  # a site, a month, a sex
People = dict[Atom, int]


def drawn(dice: Random, closed: float) -> People:
    """A year's people; now and then a site is closed for a month. Few stand without a sex."""
    found: People = {}
    for site, month in product(SITES, MONTHS):
        if dice.random() >= closed:
            found |= {
                (site, month, sex): dice.randint(0, 12) if sex == "U" else dice.randint(7, 40)
                for sex in SEXES
            }
    return found


def tell(people: People, month: int) -> None:
    """The sites' own figures of the month, as they are told."""
    sums: dict[tuple[str, str, str], int] = {}
    for (site, of, sex), number in people.items():
        if of == month:
            sums[site, "sex", sex] = number
            sums[site, "", ""] = sums.get((site, "", ""), 0) + number
    rows = []
    for (site, dimension, key), number in sums.items():
        numbers = {"amount": number, "over": 0, "people": number}
        told = {f"told_{name}": value for name, value in numbers.items()}
        place = {"site": the_site(site), "month": date(2026, month, 1), "measure": "participants"}
        rows.append(SiteFigure(**place, dimension=dimension, key=key, **numbers, **told))
    with acting_as(FIGURES):
        SiteFigure.objects.bulk_create(rows)


def atoms(people: People, site: str | None, month: int | None, last: int, sex: str | None) -> tuple[int, ...]:
    """The unknowns of this site, month and sex, of all where one is not named; by sex until the last even month."""
    last -= last % 2 if sex else 0
    return tuple(
        place
        for place, one in enumerate(people)
        if one[1] <= last
        and all(part in (None, own) for part, own in zip((site, month, sex), one, strict=True))
    )


def editions(people: People, clock) -> tuple[list[tuple[int, ...]], list[int]]:
    """All that is told in a year, edition by edition: sums of unknowns, and those of nobody."""
    known: dict[tuple[int, ...], None] = {}
    zeros: set[int] = set()
    for last in MONTHS:
        tell(people, last)
        at = datetime(2026, last + 1, 3, 4, tzinfo=STOCKHOLM)
        clock.move_to(at)
        make_edition(year=2026, at=at)
        rows = PublishedFigure.objects.filter(measure="participants", is_hidden=False).select_related("site")
        for row in rows:
            places = atoms(people, row.site.code if row.site else None, row.month, last, row.key or None)
            known[places] = None
            zeros.update(places if not row.amount else ())
    return list(known), sorted(zeros)


def empty_sums(people: People) -> list[tuple[int, ...]]:
    """The sums of sites, months and sexes in which there is nobody."""
    counts = list(people.values())
    sums = (
        atoms(people, site, month, MONTHS[-1], sex)
        for site, month, sex in product((*SITES, None), (*MONTHS, None), (*SEXES, None))
    )
    return [places for places in sums if places and not any(counts[place] for place in places)]


def few_given(people: People, attack: Attack, leader: str = "") -> list[tuple]:
    """The few, of months and of the year until one, that are worked out by others than those who lead the one site."""
    found, counts = [], list(people.values())
    own = {place for place, one in enumerate(people) if one[0] == leader}
    for site, sex, last in product((*SITES, None), (*SEXES, None), MONTHS):
        for month in (last, None):
            places = atoms(people, site, month, last, sex)
            few = is_small(sum(counts[place] for place in places)) and not own.issuperset(places)
            if few and attack.gives(places):
                found.append((site, month, last, sex))
    return found


@pytest.mark.parametrize(("seed", "closed"), [(1, 0.0), (2, 0.0), (3, 0.2), (4, 0.2)])
def test_no_edition_less_others_tells_of_few(clock, seed, closed):
    people = drawn(Random(seed), closed)
    known, zeros = editions(people, clock)
    empty = empty_sums(people)
    assert few_given(people, with_nobody(known, empty, zeros=zeros)) == []
    for leader in SITES:
        own = [(place,) for place, one in enumerate(people) if one[0] == leader]
        assert few_given(people, with_nobody([*known, *own], empty, zeros=zeros), leader) == []


def test_the_year_is_told_where_few_came_in_a_month(clock):
    people = dict.fromkeys(product(SITES, MONTHS, SEXES), 9)
    people |= {("malmo", month, "U"): 4 for month in (2, 5)}
    editions(people, clock)
    hidden = PublishedFigure.objects.filter(measure="participants", is_hidden=True)
    assert not hidden.filter(month=None).exists()
    of_malmo = hidden.filter(site=the_site("malmo"), key="U").values_list("month", flat=True)
    assert list(of_malmo) == [1, 2, 5, 6]
