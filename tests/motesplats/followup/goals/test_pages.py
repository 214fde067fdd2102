"""The pages of goals and series."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motesplats.models import Goal, SeriesValue
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, the_site
from tests.factories.goals import half_of_the_permits, permits, say

pytestmark = pytest.mark.django_db
GOAL = {
    "percent": "60",
    "valid_from": "2027-01-01",
    "why": "More sites",
    "decided_by": "The steering group",
}


@pytest.fixture
def page(eva) -> Client:
    return browser_of(eva)


def test_goals_and_series_are_told_with_their_reasons_and_definitions(page, eva):
    half_of_the_permits(eva)
    say(71000, eva, year=2016, ca=True)
    say(1180, eva, month=1)
    say(1240, eva, month=2)
    words = words_of(page.get("/goals/"))
    assert "at least 50 % of permits granted in the first instance" in words
    assert "2016-07-28 –" in words
    assert "It replaced 45 000 persons The steering group 2026-11-23 Eva Sund" in words
    assert "2016 ca 71 000 no data 0" in words
    assert "2026 no data 2 420 2" in words
    assert "Relatives with a permit for family ties" in words
    assert "They are never added." in words


@pytest.mark.parametrize("who", [CoordinatorFactory, ManagerFactory])
def test_coordinators_and_managers_read_them(who, eva):
    half_of_the_permits(eva)
    page = browser_of(who())
    words = words_of(page.get("/goals/"))
    assert "at least 50 %" in words
    assert "Set a goal" not in words
    assert "Write a number" not in words_of(page.get("/goals/series/permits/"))
    typed = {"year": "2026", "value": "5", "source": "x"}
    assert page.post("/goals/series/permits/", typed).status_code == 403
    assert not SeriesValue.objects.exists()


def test_a_goal_is_set_and_ended(page):
    answer = page.post("/goals/new/", GOAL | {"series": permits().pk})
    assert answer.status_code == 302
    goal = Goal.objects.get()
    assert (goal.percent, goal.valid_from, goal.why) == (60, date(2027, 1, 1), "More sites")
    assert "at least 60 %" in words_of(page.get(f"/goals/{goal.pk}/end/"))
    assert page.post(f"/goals/{goal.pk}/end/", {"last": "2027-06-30"}).status_code == 302
    goal.refresh_from_db()
    assert goal.valid_to == date(2027, 6, 30)


def test_a_goal_that_cannot_be_keeps_what_was_typed(page):
    answer = page.post("/goals/new/", GOAL | {"persons": "400"})
    assert answer.status_code == 422
    assert "A goal is a share of a series" in words_of(answer)
    assert 'value="400"' in answer.text
    assert not Goal.objects.exists()


def test_a_number_is_written_and_its_former_stays(page):
    typed = {"site": "", "year": "2026", "month": "", "value": "ca 22 000", "source": "Migrationsverket"}
    assert page.post("/goals/series/permits/", typed).status_code == 302
    page.post("/goals/series/permits/", typed | {"value": "21 500"})
    words = words_of(page.get("/goals/series/permits/"))
    assert "The whole year 21 500" in words
    assert "ca 22 000 Migrationsverket" in words
    assert SeriesValue.objects.count() == 2


@pytest.mark.parametrize("value", ["12,525", "many", "", "-4", "5.5"])
def test_what_is_no_number_is_refused_beside_the_field(page, value):
    typed = {"year": "2026", "value": value, "source": "Migrationsverket"}
    answer = page.post("/goals/series/permits/", typed)
    assert answer.status_code == 422
    assert "id_value_error" in answer.text
    assert not SeriesValue.objects.exists()


def test_the_file_can_be_read_in_again(page, eva, norrkoping):
    say(1180, eva, month=1, ca=True)
    say(60, eva, site=norrkoping)
    answer = page.get("/goals/series.csv")
    rows = csv_rows(answer)
    assert rows[1:] == [
        ["permits", "", "2026", "1", "ca 1180", "Migrationsverket", ""],
        ["permits", "norrkoping", "2026", "", "60", "Migrationsverket", ""],
    ]
    file = SimpleUploadedFile("series.csv", answer.content)
    answer = page.post("/goals/series/import/", {"file": file}, follow=True)
    assert "Nothing has changed since it was last written." in words_of(answer)


def test_a_wrong_row_is_shown_with_its_own_text(page):
    content = b"series;site;year;month;value;source;fetched_on\npermits;;2026;13;5;MIG;\n"
    answer = page.post("/goals/series/import/", {"file": SimpleUploadedFile("s.csv", content)})
    assert answer.status_code == 422
    assert "A month is 1 to 12" in words_of(answer)


def test_more_goals_and_numbers_take_no_more_queries(page, eva):
    half_of_the_permits(eva)
    say(1, eva, month=1)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page.get("/goals/")
    for code in ("malmo", "norrkoping", "orebro"):
        half_of_the_permits(eva, site=the_site(code))
        say(7, eva, month=3, site=the_site(code))
        say(7, eva, month=len(code))
    with CaptureQueriesContext(connection) as many:
        page.get("/goals/")
    assert len(few) == len(many)
