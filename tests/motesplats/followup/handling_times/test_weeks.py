"""A site's weeks are typed by its own people; quarters are told once, with small counts hidden."""

from datetime import date
from functools import partial
from itertools import product

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from agencies.models import Site, User
from agencies.rosters.who import SiteNotYours
from agencies.secrecy.context import acting_as, viewer_of
from agencies.web.roles import NotForYourRole
from motesplats.followup.handling_times.tell import tell_quarters
from motesplats.followup.handling_times.type_week import WeekNotTyped, type_week
from motesplats.followup.suppression import LEAST
from motesplats.models import HandlingQuarter, HandlingWeek
from motesplats.tasks import tell_handling_times
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.motesplats.followup.attack import Attack
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db
W46, W47 = date(2026, 11, 9), date(2026, 11, 16)


def typed(
    counts: tuple[int, int, int], by: User, site: Site | None, *, monday: date = W47, why: str = ""
) -> HandlingWeek:
    with acting_as(viewer_of(by)):
        return type_week(site=site, monday=monday, counts=counts, why=why, by=by, at=timezone.now())


@pytest.fixture
def quarter(clock, norrkoping):
    """`quarter({"malmo": (40, 20, 7)}, country=...)` types a week of each in October and moves on to February."""

    def make(sites: dict[str, tuple[int, int, int]], *, country: tuple[int, int, int] | None = None) -> None:
        for code, counts in sites.items():
            typed(counts, CoordinatorFactory(sites=[the_site(code)]), the_site(code))
        if country:
            typed(country, SecretariatFactory(), None)
        clock.move_to("2027-02-01T09:00+01:00")
        tell_quarters(at=timezone.now())

    return make


def told() -> dict[str, tuple[int | None, ...]]:
    return {
        row.site.code if row.site else row.scope: (*row.counts, row.total)
        for row in HandlingQuarter.objects.select_related("site")
    }


def test_a_week_is_typed_and_corrected_with_a_reason(norrkoping):
    by = CoordinatorFactory()
    typed((20, 10, 2), by, norrkoping)
    with pytest.raises(WeekNotTyped) as refusal:
        typed((21, 10, 2), by, norrkoping)
    assert list(refusal.value.errors) == ["why"]
    typed((21, 10, 2), by, norrkoping, why="One was counted late")
    typed((21, 10, 2), by, norrkoping)
    with acting_as(viewer_of(by)):
        rows = list(HandlingWeek.objects.order_by("pk").values_list("days_1_7", "why"))
    assert rows == [(20, ""), (21, "One was counted late")]


@pytest.mark.parametrize(
    "monday", [date(2026, 11, 23), date(2027, 1, 4), date(2026, 11, 17), date(2026, 7, 6)]
)
def test_only_a_week_that_has_ended_and_is_not_told_can_be_typed(norrkoping, monday):
    by = CoordinatorFactory()
    with pytest.raises(WeekNotTyped) as refusal:
        typed((20, 10, 2), by, norrkoping, monday=monday)
    assert "monday" in refusal.value.errors


def test_negative_numbers_are_refused(norrkoping):
    with pytest.raises(WeekNotTyped):
        typed((-1, 10, 2), CoordinatorFactory(), norrkoping)


@pytest.mark.parametrize("who", [UserFactory, HostFactory, SecretariatFactory])
def test_others_type_no_sites_week(who, norrkoping):
    with pytest.raises(NotForYourRole):
        typed((20, 10, 2), who(), norrkoping)


def test_a_coordinator_types_neither_another_site_nor_the_country():
    by = CoordinatorFactory()
    with pytest.raises(SiteNotYours):
        typed((20, 10, 2), by, the_site("malmo"))
    with pytest.raises(NotForYourRole):
        typed((20, 10, 2), by, None)


def test_the_wall_shows_a_sites_weeks_to_its_own_people_alone(norrkoping):
    typed((20, 10, 2), CoordinatorFactory(), norrkoping)
    typed((2000, 1000, 200), SecretariatFactory(), None)
    seen = {
        "own": ManagerFactory(),
        "other": CoordinatorFactory(sites=[the_site("malmo")]),
        "secretariat": SecretariatFactory(),
    }
    found = {}
    for name, user in seen.items():
        with acting_as(viewer_of(user)):
            found[name] = sorted(HandlingWeek.objects.values_list("days_1_7", flat=True))
    assert found == {"own": [20, 2000], "other": [2000], "secretariat": [2000]}


def test_the_wall_refuses_rows_of_another_site_and_every_change(norrkoping):
    by = CoordinatorFactory()
    week = typed((20, 10, 2), by, norrkoping)
    with acting_as(viewer_of(by)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            HandlingWeek.objects.filter(pk=week.pk).update(days_1_7=1)
        week.pk, week.site = None, the_site("malmo")
        with pytest.raises(ProgrammingError), transaction.atomic():
            week.save(force_insert=True)


def test_a_quarter_is_told_by_site_for_all_sites_and_the_country(quarter):
    quarter({"malmo": (40, 20, 7), "norrkoping": (30, 0, 9)}, country=(4000, 3000, 900))
    assert told() == {
        "malmo": (40, 20, 7, 67),
        "norrkoping": (30, 0, 9, 39),
        "sites": (70, 20, 16, 106),
        "country": (4000, 3000, 900, 7900),
    }


def test_a_small_count_is_hidden_and_cannot_be_worked_out(quarter):
    quarter({"malmo": (40, 20, 3), "norrkoping": (30, 12, 9), "orebro": (25, 14, 8)})
    found = told()
    assert found["malmo"][2] is None
    for column in range(4):
        cells = [row[column] for row in found.values()]
        assert cells.count(None) != 1, "The only hidden one of a column is the rest up to its total."
    for row in found.values():
        assert row.count(None) != 1


@pytest.mark.parametrize(
    "sites",
    [
        {"malmo": (40, 20, 3), "norrkoping": (30, 12, 9), "orebro": (25, 14, 8), "boras": (50, 21, 11)},
        {"malmo": (40, 20, 3), "norrkoping": (30, 2, 9), "orebro": (25, 14, 8)},
        {"malmo": (40, 20, 3), "norrkoping": (30, 12, 9)},
        {"malmo": (2, 1, 0), "norrkoping": (30, 12, 9), "orebro": (25, 14, 8)},
    ],
)
def test_who_knows_the_own_sites_numbers_works_out_no_small_one(quarter, sites):
    quarter(sites)
    bands = ("1-7", "8-30", "30+")
    places = {cell: place for place, cell in enumerate(product(sites, bands))}

    def sum_of(site: str, band: int) -> list[int]:
        of_sites = [site] if site in sites else list(sites)
        of_bands = bands if band == len(bands) else bands[band : band + 1]
        return [places[cell] for cell in product(of_sites, of_bands)]

    shown = [
        sum_of(site, band)
        for site, counts in told().items()
        for band, count in enumerate(counts)
        if count is not None
    ]
    small = {(site, band) for site, counts in sites.items() for band, n in enumerate(counts) if 0 < n < LEAST}
    for own in sites:
        attack = Attack([*shown, *(sum_of(own, band) for band in range(3))])
        assert [one for one in small if one[0] != own and attack.gives(sum_of(*one))] == []


def test_before_four_weeks_have_gone_nothing_is_told(clock, norrkoping):
    typed((30, 10, 9), CoordinatorFactory(), norrkoping)
    clock.move_to("2027-01-28T09:00+01:00")
    assert tell_quarters(at=timezone.now()) == 0
    clock.move_to("2027-01-29T09:00+01:00")
    assert tell_quarters(at=timezone.now()) == 1
    assert tell_quarters(at=timezone.now()) == 0, "It is told once."


def test_what_is_told_is_the_last_that_was_typed_and_the_task_tells_it(clock, norrkoping):
    by = CoordinatorFactory()
    typed((30, 10, 9), by, norrkoping)
    typed((31, 10, 9), by, norrkoping, why="One more")
    typed((9, 9, 9), by, norrkoping, monday=W46)
    clock.move_to("2027-02-01T09:00+01:00")
    tell_handling_times()
    assert told()["norrkoping"] == (40, 19, 18, 77)


def test_a_small_country_is_hidden(quarter):
    quarter({}, country=(40, 30, 2))
    assert told() == {"country": (None, None, None, None)}


def test_nobody_but_the_figures_role_writes_what_is_told(quarter):
    quarter({"malmo": (40, 20, 7)})
    with acting_as(viewer_of(SecretariatFactory())):
        assert HandlingQuarter.objects.update(total=1) == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_type_the_same_week_at_once_one_must_give_a_reason():
    site = the_site()
    two = [CoordinatorFactory(), CoordinatorFactory()]
    acts = [
        acting_for(
            by,
            partial(type_week, site=site, monday=W47, counts=(20 + n, 10, 2), by=by, at=timezone.now()),
        )
        for n, by in enumerate(two)
    ]
    with Together(2) as together:
        answers = together.do(*acts)
    assert [answer for answer in answers if answer == "handling-week-not-typed"] == [
        "handling-week-not-typed"
    ]
