"""Months ahead: hours on shift and expected newcomers are published as far as they are known."""

from datetime import date, timedelta

import pytest

from agencies.models import Municipality, Shift
from agencies.secrecy.context import acting_as
from bookings.models import Forecast
from motesplats.followup.ahead import months_ahead, sum_up_ahead
from motesplats.followup.refresh import refresh_recent
from motesplats.followup.viewer import FIGURES
from motesplats.models import PublishedFigure
from tests.factories.agencies import CoordinatorFactory, SiteDayFactory, UserFactory, the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER, JANUARY, JUNE = (
    date(2026, 11, 24),
    date(2026, 12, 8),
    date(2027, 1, 12),
    date(2027, 6, 8),
)


@pytest.fixture
def ahead():
    """A shift of six hours on each of these days; a municipality expects twelve persons in January."""
    user = UserFactory()
    assert user.resource
    for day in (NOVEMBER, DECEMBER, JANUARY, JUNE):
        opened = SiteDayFactory(date=day)
        Shift.objects.create(
            site_day=opened,
            resource=user.resource,
            starts_at=opened.opens_at,
            ends_at=opened.opens_at + timedelta(hours=6),
        )
    home, by = Municipality.objects.get(code="0581"), CoordinatorFactory()
    Forecast.objects.create(
        municipality=home,
        month=JANUARY.replace(day=1),
        lowest=1,
        likely=12,
        highest=20,
        said_on=date(2026, 11, 1),
        said_by=by,
        said_at=NOW,
    )


def told(measure: str = "capacity_hours", **search) -> list[tuple[int, int | None, float]]:
    """Year, month and amount of what is published of the country."""
    rows = PublishedFigure.objects.filter(measure=measure, **{"site": None} | search)
    return [(row.year, row.month, float(row.amount or 0)) for row in rows.order_by("year", "month")]


def test_half_a_year_ahead_is_known():
    assert months_ahead(date(2026, 11, 23))[::6] == [date(2026, 11, 1), date(2027, 5, 1)]


@pytest.mark.usefixtures("ahead")
def test_months_ahead_are_told_also_of_next_year_but_not_in_the_sum_of_the_year():
    refresh_recent(at=NOW)
    assert told(month__isnull=False) == [(2026, 11, 6), (2026, 12, 6), (2027, 1, 6)]
    assert told(month=None) == [(2026, None, 6)]
    assert told("inflow_persons") == [(2027, 1, 12)]
    assert told(site=the_site(), month=1) == [(2027, 1, 6)]


@pytest.mark.usefixtures("ahead")
def test_what_is_called_off_is_told_no_more():
    refresh_recent(at=NOW)
    Shift.objects.filter(site_day__date=DECEMBER).delete()
    refresh_recent(at=NOW)
    assert told(month__isnull=False) == [(2026, 11, 6), (2027, 1, 6)]


@pytest.mark.usefixtures("ahead")
def test_again_and_again_nothing_changes():
    refresh_recent(at=NOW)
    before = list(PublishedFigure.objects.values_list().order_by("pk"))
    refresh_recent(at=NOW)
    assert list(PublishedFigure.objects.values_list().order_by("pk")) == before


@pytest.mark.usefixtures("ahead")
def test_all_sites_take_four_statements(django_assert_num_queries):
    with acting_as(FIGURES), django_assert_num_queries(4):
        found = sum_up_ahead(at=NOW)
    assert found == {(the_site().pk, day.replace(day=1)) for day in (NOVEMBER, DECEMBER, JANUARY)}
