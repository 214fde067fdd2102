"""In the night the running and the last month are summed up from what happened, and published."""

from datetime import date, datetime, timedelta

import pytest

from agencies.clock import STOCKHOLM
from agencies.secrecy.context import acting_as
from bookings.models import Chain
from motesplats.followup import refresh
from motesplats.followup.refresh import refresh_recent
from motesplats.followup.viewer import FIGURES
from motesplats.models import PublishedFigure, SiteFigure
from motesplats.tasks import sum_up_figures
from tests.factories.agencies import the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 6), date(2026, 11, 3)


@pytest.fixture
def sites():
    return the_site("norrkoping"), the_site("malmo")


def told(measure: str = "waiting_minutes", **search) -> int | str | None:
    """By how many parties the measure is published of the country; "hidden" where it is, None where there is none."""
    row = PublishedFigure.objects.filter(
        measure=measure, **{"year": 2026, "month": None, "site": None, "dimension": ""} | search
    ).first()
    if row is None:
        return None
    return "hidden" if row.is_hidden else row.people


def test_both_months_of_each_open_site_are_told(come, sites):
    come(sites[0], OCTOBER, 7)
    come(sites[1], OCTOBER, 8)
    come(sites[1], NOVEMBER, 9)
    come(sites[0], OCTOBER - timedelta(days=40), 20)
    refresh_recent(at=NOW)
    assert (told(), told(month=10), told(site=sites[1]), told(month=9)) == (24, 15, 17, None)
    assert told(dimension="language", key="ar", month=10) == 15
    assert told(dimension="language", key="ar", month=11) is None


def test_again_and_again_nothing_changes(come, sites):
    come(sites[0], OCTOBER, 7)
    refresh_recent(at=NOW)
    before = list(PublishedFigure.objects.values_list().order_by("pk"))
    refresh_recent(at=NOW)
    assert list(PublishedFigure.objects.values_list().order_by("pk")) == before


def test_a_measure_moves_on_by_six_of_its_own(come, sites):
    come(sites[0], NOVEMBER, 7)
    refresh_recent(at=NOW)
    come(sites[0], NOVEMBER + timedelta(days=1), 5)
    refresh_recent(at=NOW)
    assert (told(), told("persons_met")) == (7, 24)  # five parties more, but ten persons
    come(sites[0], NOVEMBER + timedelta(days=2), 1)
    refresh_recent(at=NOW)
    assert told() == 13


def test_the_edition_tells_the_last_month_and_not_the_running_one(come, sites, clock):
    come(sites[0], OCTOBER, 7)
    come(sites[0], NOVEMBER - timedelta(days=1), 7)
    second, third = (datetime(2026, 11, day, 23, tzinfo=STOCKHOLM) for day in (2, 3))
    clock.move_to(second)
    refresh_recent(at=second)
    come(sites[0], OCTOBER + timedelta(days=1), 2)
    refresh_recent(at=second)
    assert (told(month=10), told(dimension="language", key="ar", month=10)) == (7, None)
    assert told(month=11) is None  # it waits for the edition
    clock.move_to(third)
    come(sites[0], NOVEMBER, 2)
    refresh_recent(at=third)
    assert (told(month=10), told(dimension="language", key="ar", month=10)) == (9, 9)
    assert told(month=11) == 9


def test_on_one_night_of_a_month_the_edition_is_made(monkeypatch):
    made = []
    monkeypatch.setattr(refresh, "make_edition", lambda **fields: made.append(fields["year"]))
    for day in (2, 3, 4):
        refresh_recent(at=datetime(2027, 1, day, 2, tzinfo=STOCKHOLM))
    assert made == [2026]


def test_what_was_counted_of_an_old_month_stays_when_its_people_are_gone(come, sites):
    come(sites[0], OCTOBER, 7)
    refresh.refresh(site=sites[0].pk, month=OCTOBER.replace(day=1), at=NOW)
    later = datetime(2028, 1, 10, 9, tzinfo=STOCKHOLM)
    with acting_as(FIGURES):
        assert not Chain.objects.exists()  # the role sees none of them
        figures = SiteFigure.objects.filter(site=sites[0], month=OCTOBER.replace(day=1))
        before = figures.count()
    refresh.refresh(site=sites[1].pk, month=OCTOBER.replace(day=1), at=later)
    with acting_as(FIGURES):
        SiteFigure.objects.filter(site=sites[1]).delete()
        figures.update(site=sites[1])
    refresh.refresh(site=sites[1].pk, month=OCTOBER.replace(day=1), at=later)
    with acting_as(FIGURES):
        assert SiteFigure.objects.filter(site=sites[1]).count() == before


@pytest.mark.parametrize(("hour", "done"), [(2, True), (12, False)])
def test_the_task_works_in_the_night(come, sites, clock, hour, done):
    come(sites[0], OCTOBER, 7)
    clock.move_to(NOW.replace(hour=hour))
    sum_up_figures()
    assert (told() == 7) is done
