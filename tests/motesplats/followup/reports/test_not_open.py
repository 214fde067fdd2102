"""A site that types its reports says that it was not open on a day: nothing is counted, and nobody is asked again."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.collect import reported
from motesplats.followup.reports.fill import fill_ended
from motesplats.followup.reports.lacking import missing
from motesplats.followup.reports.write import NumberNotUsable
from motesplats.followup.tertial.periods import TertialPeriod
from motesplats.followup.tertial.queries import days_missing, reports_due
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayReport
from tests.browser import browser_of, words_of
from tests.factories.agencies import the_site
from tests.factories.followup import typed_report
from tests.moment import NOW
from tests.motesplats.followup.reports.conftest import DAY, EVENING, numbers
from tests.motesplats.followup.reports.test_api import DETAIL, body, client_of, post
from tests.motesplats.followup.reports.test_views import PAGE, TYPED

pytestmark = pytest.mark.django_db
FORTNIGHT = timedelta(days=14)
NO_PEOPLE: dict[str, dict[str, int]] = {"sex_age": {}, "track": {}, "mode": {}}


@pytest.fixture
def desk(coordinator):
    return browser_of(coordinator)


def lacking(user) -> list[date]:
    with acting_as(viewer_of(user)):
        return [one.day for one in missing([the_site()], today=NOW.date())]


def test_the_day_leaves_the_list_and_is_told_as_not_open(desk, coordinator, acting):
    with acting(coordinator):
        typed_report(the_site(), DAY - FORTNIGHT, coordinator)
    assert lacking(coordinator) == [DAY]
    assert "We were not open that day" in words_of(desk.get(PAGE))
    told = words_of(desk.post(PAGE, {"do": "closed", "version": "0", "note": "Snow."}, follow=True))
    assert "It is kept that the site was not open that day." in told
    assert "The site was not open that day. Nothing is counted, and nobody is reminded." in told
    assert "Snow." in told
    assert "locked Mon 23 Nov 09:00" in told
    assert lacking(coordinator) == []
    assert "Tue 17 Nov not open that day" in words_of(desk.get("/day-reports/"))


def test_a_day_that_was_none_lets_nobody_expect_another_two_weeks_after_it(desk, coordinator):
    desk.post(f"/day-reports/norrkoping/{DAY - FORTNIGHT}/", {"do": "closed", "version": "0"})
    with acting_as(FIGURES):
        assert DayReport.objects.get().was_open is False
    assert lacking(coordinator) == []


def test_it_counts_in_no_figure_and_in_no_tertial(desk, coordinator):
    desk.post(PAGE, {"do": "closed", "version": "0"})
    with acting_as(FIGURES):
        assert reported(the_site().pk, DAY.replace(day=1)) == {}
    desk.post("/day-reports/norrkoping/2026-06-16/", {"do": "closed", "version": "0"})
    with acting_as(viewer_of(coordinator)):
        assert days_missing(the_site(), TertialPeriod(2026, 3), today=NOW.date()) == []
        assert [one.period for one in reports_due([the_site()], today=NOW.date())] == [TertialPeriod(2026, 3)]


def test_a_report_begun_for_a_wrong_day_ends_so(desk, coordinator):
    desk.post(PAGE, TYPED | {"do": "save"})
    assert lacking(coordinator) == [DAY]
    assert desk.post(PAGE, TYPED | {"do": "closed", "version": "0"}).status_code == 409
    assert desk.post(PAGE, TYPED | {"do": "closed", "version": "1"}).status_code == 302
    assert lacking(coordinator) == []


def test_a_locked_day_is_said_to_have_been_none_and_back_with_a_reason_and_both_are_kept(locked, desk):
    page = f"{PAGE}?correct"
    assert "We were not open that day" in words_of(desk.get(page))
    refused = desk.post(PAGE, TYPED | {"do": "closed", "version": "2"})
    assert refused.status_code == 422
    assert "Say why the locked report is corrected." in words_of(refused)
    desk.post(PAGE, TYPED | {"do": "closed", "version": "2", "why": "The wrong day."})
    told = words_of(desk.get(PAGE))
    assert "Women, 18–64 years 8 → 0" in told
    assert "The site was open yes → no" in told
    assert "We were not open that day" not in words_of(desk.get(page))
    desk.post(PAGE, TYPED | {"do": "correct", "version": "3", "why": "It was that day after all."})
    told = words_of(desk.get(PAGE))
    assert "The site was open no → yes" in told
    assert "14 , agrees" in told


def test_a_day_that_is_planned_here_is_closed_elsewhere(opened, desk, save):
    fill_ended(at=EVENING)
    assert "We were not open that day" not in words_of(desk.get(PAGE))
    refused = desk.post(PAGE, {"do": "closed", "version": "1", "why": "None."})
    assert refused.status_code == 422
    assert "it is closed among the site's days" in words_of(refused)


def test_a_day_with_people_was_open(save):
    with pytest.raises(NumberNotUsable) as refused:
        save(numbers=numbers(was_open=False))
    assert "was_open" in refused.value.errors


def test_the_database_keeps_it_too(save, acting, coordinator):
    report = save()
    report.was_open = False
    with acting(coordinator), pytest.raises(IntegrityError, match="day_report_of_no_day_has_nobody"):
        report.save()


def test_the_api_says_so_too(coordinator):
    api = client_of(coordinator)
    made = post(api, body(people=NO_PEOPLE, parties=0, was_open=False))
    assert (made.status_code, made.json()["was_open"]) == (201, False)
    assert api.post(f"{DETAIL}lock/", {}, format="json").status_code == 200
    refused = post(client_of(coordinator), body(version=2, was_open=False, why="Again."))
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["was_open"])
