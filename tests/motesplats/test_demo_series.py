"""The demo has a goal, the reports' figures, a denominator for this year, and handling times."""

from datetime import date

import pytest
from django.utils import timezone

from agencies.models import Site
from motesplats.demo.data import demo_sites
from motesplats.demo.series import INVENTED, fill_handling_times, fill_series
from motesplats.followup.goals.queries import default_series, denominator_for, goal_for, series_values
from motesplats.models import Goal, HandlingQuarter, ImportedFigure, SeriesValue
from tests.factories.agencies import CoordinatorFactory, SecretariatFactory, the_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def people() -> None:
    """A secretariat, and a coordinator at each of the demo's sites."""
    SecretariatFactory()
    for demo in demo_sites():
        CoordinatorFactory(sites=[the_site(demo.code)])


def test_this_year_has_a_goal_and_a_denominator_marked_as_invented(people):
    fill_series(at=timezone.now())
    goal, permits = goal_for(None, on=date(2026, 11, 23)), default_series()
    assert goal
    assert permits
    assert (goal.percent, goal.valid_from) == (50, date(2016, 7, 28))
    found = denominator_for(permits, first=date(2026, 1, 1), last=date(2026, 11, 30))
    assert found
    assert 10_000 < found.value < 20_000
    assert {row.source for row in series_values("permits", 2026).values()} == {INVENTED}
    own = denominator_for(
        permits, first=date(2026, 1, 1), last=date(2026, 10, 31), site=Site.objects.get(code="norrkoping")
    )
    assert own
    assert 0 < own.value < found.value
    assert series_values("permits", 2016)[None].is_approximate
    assert ImportedFigure.objects.count() == 106


def test_filling_again_changes_nothing(people):
    for _ in range(2):
        fill_series(at=timezone.now())
        fill_handling_times(at=timezone.now())
        found = (Goal.objects.count(), SeriesValue.objects.count(), HandlingQuarter.objects.count())
    assert found == (1, 3 + 23 * (1 + len(demo_sites())), HandlingQuarter.objects.count())


def test_a_quarter_of_handling_times_is_told(people):
    fill_handling_times(at=timezone.now())
    found = list(HandlingQuarter.objects.values_list("year", "quarter", "scope"))
    assert {row[:2] for row in found} == {(2026, 3)}
    assert [row[2] for row in found].count("site") == len(demo_sites())
    country = HandlingQuarter.objects.get(scope="country")
    assert country.total
    assert country.total > 20_000


def test_without_a_secretariat_there_is_no_goal_and_no_fault():
    fill_series(at=timezone.now())
    fill_handling_times(at=timezone.now())
    assert not Goal.objects.exists()
