"""Which days lack their report: at sites that book here, at sites that type, and what the secretariat is told."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Holiday, WeeklyPattern
from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.reports.lacking import missing
from motesplats.models import ReportReminder
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    main_place,
    the_site,
)
from tests.factories.followup import typed_report
from tests.moment import NOW
from tests.motesplats.followup.reports.conftest import DAY

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TUESDAY, FORTNIGHT = timedelta(days=7), timedelta(days=14)


def lacking(user, *sites) -> list[date]:
    with acting_as(viewer_of(user)):
        return [one.day for one in missing(sites or [the_site()], today=TODAY)]


def test_a_site_that_types_is_expected_on_the_days_of_its_weekly_pattern(coordinator):
    WeeklyPattern.objects.create(
        location=main_place(the_site()),
        weekday=2,
        opens=time(9),
        closes=time(16),
        valid_from=date(2026, 11, 16),
    )
    assert lacking(coordinator) == [DAY]


def test_without_a_pattern_it_is_expected_where_it_reported_two_or_four_weeks_before(coordinator, acting):
    with acting(coordinator):
        typed_report(the_site(), DAY - FORTNIGHT, coordinator)
        typed_report(the_site(), date(2026, 10, 15), coordinator)
    assert lacking(coordinator) == [date(2026, 11, 12), DAY]


def test_who_is_open_every_other_week_is_not_asked_in_between(coordinator, acting):
    with acting(coordinator):
        typed_report(the_site(), DAY - FORTNIGHT, coordinator)
    assert DAY - TUESDAY not in lacking(coordinator)


def test_a_public_holiday_and_a_paused_site_owe_nothing(coordinator, acting):
    with acting(coordinator):
        typed_report(the_site(), DAY - FORTNIGHT, coordinator)
        Holiday.objects.create(date=DAY, name="Helgdag")
    assert lacking(coordinator) == []
    Holiday.objects.filter(date=DAY).delete()
    site = the_site()
    site.state = "paused"
    assert lacking(coordinator, site) == []


def test_a_month_in_which_the_site_books_here_asks_for_its_open_days_alone(coordinator, acting):
    with acting(coordinator):
        typed_report(the_site(), DAY - FORTNIGHT, coordinator)
    SiteDayFactory(location=main_place(the_site()), date=date(2026, 11, 19))
    assert lacking(coordinator) == [date(2026, 11, 19)]


def test_a_reported_day_is_not_asked_for_until_it_is_begun_and_not_locked(coordinator, acting):
    with acting(coordinator):
        for days in (FORTNIGHT, timedelta()):
            typed_report(the_site(), DAY - days, coordinator)
        typed_report(the_site(), date(2026, 3, 3), coordinator, locked=False)
    assert lacking(coordinator) == [date(2026, 3, 3)]


def test_the_page_says_how_many_times_and_when_somebody_was_reminded(coordinator, opened):
    for number, day in enumerate((18, 23), start=1):
        with acting_as(viewer_of(coordinator)):
            ReportReminder.objects.create(
                site=the_site(),
                kind="day",
                of=DAY,
                number=number,
                user=coordinator,
                at=datetime(2026, 11, day, 8, tzinfo=NOW.tzinfo),
            )
    browser = browser_of(coordinator)
    said = "reminded 2 times, Wed 18 Nov and Mon 23 Nov"
    assert f"6 days late · {said} Fill in" in words_of(browser.get("/day-reports/"))
    assert f"not saved yet · {said}" in words_of(browser.get("/day-reports/norrkoping/2026-11-17/"))


def test_the_secretariat_sees_which_days_are_missing_everywhere_and_no_number(coordinator, acting, opened):
    malmo = CoordinatorFactory(sites=[the_site("malmo")])
    with acting(malmo):
        typed_report(the_site("malmo"), DAY, malmo, locked=False)
    words = words_of(browser_of(SecretariatFactory()).get("/day-reports/missing/"))
    assert "Tue 17 Nov, Norrköping" in words
    assert "Tue 17 Nov, Malmö 6 days late · filled in, not locked" in words


def test_others_are_told_of_their_own_sites_alone(acting, opened):
    malmo = CoordinatorFactory(sites=[the_site("malmo")])
    with acting(malmo):
        typed_report(the_site("malmo"), DAY, malmo, locked=False)
    assert lacking(ManagerFactory(), the_site("malmo")) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_five_queries_however_many_days_are_missing(coordinator, number):
    for n in range(number):
        SiteDayFactory(location=main_place(the_site()), date=date(2026, 11, 16 + n))
    with (
        acting_as(viewer_of(coordinator)),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        assert len(missing([the_site()], today=TODAY)) == number
    assert len(queries) == 6  # the site itself is one
