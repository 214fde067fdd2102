"""Two coordinators act on the same day or place at once: each gets a definite answer."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from agencies.models import Site, SiteDay, User
from agencies.rosters.shifts import open_day
from agencies.sites.change import set_state
from tests.agencies.rosters.conftest import TUESDAY
from tests.factories.agencies import CoordinatorFactory, main_place, the_site
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two() -> list[User]:
    return [CoordinatorFactory(), CoordinatorFactory()]


def opening(by: User) -> Callable[[], str]:
    def act() -> str:
        open_day(location=main_place(the_site()), day=TUESDAY, by=by, at=NOW)
        return "opened"

    return acting_for(by, act)


def closing(by: User) -> Callable[[], str]:
    def act() -> str:
        site = the_site()
        set_state(site=site, state=Site.State.CLOSED, seen=site.version, by=by, at=NOW)
        return "closed"

    return acting_for(by, act)


@pytest.mark.parametrize("was_called_off", [False, True])
def test_one_of_two_opens_the_day(two, was_called_off):
    for _ in range(5):
        SiteDay.objects.all().delete()
        if was_called_off:
            day = open_day(location=main_place(the_site()), day=TUESDAY)
            SiteDay.objects.filter(pk=day.pk).update(closed_at=timezone.now())
        with Together(2) as together:
            answers = together.do(*map(opening, two))
        assert sorted(answers) == ["open-already", "opened"]
        assert SiteDay.objects.get().closed_at is None


def test_a_day_is_opened_or_its_site_is_closed(two):
    with Together(2) as together:
        for _ in range(8):
            Site.objects.filter(code="norrkoping").update(state=Site.State.OPEN)
            SiteDay.objects.all().delete()
            answers = set(together.do(opening(two[0]), closing(two[1])))
            assert answers in ({"opened", "site-is-booked"}, {"day-not-opened", "closed"})
            assert SiteDay.objects.exists() != (the_site().state == Site.State.CLOSED)
