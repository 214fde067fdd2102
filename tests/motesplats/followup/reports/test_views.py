"""The pages of day reports."""

from datetime import date

import pytest

from agencies.secrecy.context import acting_as
from motesplats.followup.reports.fill import fill_ended
from motesplats.followup.viewer import FIGURES
from motesplats.models import DayCorrection, DayReport
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    UserFactory,
    main_place,
    the_site,
)
from tests.factories.followup import typed_report
from tests.factories.interpreters import InterpreterOrderFactory
from tests.moment import NOW
from tests.motesplats.followup.reports.conftest import DAY, EVENING

pytestmark = pytest.mark.django_db
LIST, PAGE = "/day-reports/", "/day-reports/norrkoping/2026-11-17/"
TYPED = {
    "sex_age-F-18-64": "8",
    "sex_age-M-18-64": "6",
    "track": "1",
    "mode-main": "14",
    "parties": "5",
    "version": "0",
    "note": "A long queue.",
    "interpreting": "3",
    "trouble": ["room", "technology"],
}


@pytest.fixture
def desk(coordinator):
    return browser_of(coordinator)


def stored() -> list[tuple]:
    with acting_as(FIGURES):
        return list(DayReport.objects.values_list("parties", "version", "locked_at"))


def test_a_report_is_typed_saved_and_locked(desk):
    assert "not reported yet" in words_of(desk.get(PAGE))
    saved = desk.post(PAGE, TYPED | {"do": "save"}, follow=True)
    assert "The report is saved." in words_of(saved)
    assert stored() == [(5, 1, None)]
    locked = desk.post(PAGE, TYPED | {"do": "lock", "version": "1"}, follow=True)
    page = words_of(locked)
    assert "locked Mon 23 Nov 09:00" in page
    assert "14 , agrees" in page
    assert "rooms, technology" in page
    assert "A long queue." in page
    assert "<input" not in locked.text.partition('class="report"')[2].partition("<aside")[0]
    assert stored() == [(5, 3, NOW)]


def test_sums_that_do_not_agree_are_saved_but_not_locked_and_nothing_typed_is_lost(desk):
    wrong = TYPED | {"mode-branch": "3"}
    refused = desk.post(PAGE, wrong | {"do": "lock"})
    assert refused.status_code == 422
    assert "By place they are 17 persons, by sex and age 14." in words_of(refused)
    assert 'value="A long queue."' in refused.text
    assert stored() == []
    assert desk.post(PAGE, wrong | {"do": "save"}).status_code == 302
    assert stored() == [(5, 1, None)]


def test_who_came_in_several_tracks_is_typed_within_each_and_added_up(desk):
    several = {"track_sex_age-1-F-18-64": "8", "track_sex_age-2-M-18-64": "6", "sex_age-F-18-64": "99"}
    said = TYPED | {"track": "several"} | several
    assert desk.post(PAGE, said | {"do": "lock"}).status_code == 302
    with acting_as(FIGURES):
        report = DayReport.objects.get()
        counts = {(row.dimension, row.key): row.people for row in report.counts.all()}
    assert counts == {
        ("sex_age", "F|18-64"): 8,
        ("sex_age", "M|18-64"): 6,
        ("track", "1"): 8,
        ("track", "2"): 6,
        ("mode", "main"): 14,
        ("track_sex_age", "1|F|18-64"): 8,
        ("track_sex_age", "2|M|18-64"): 6,
    }


def test_without_a_track_a_report_is_saved_but_not_locked(desk):
    refused = desk.post(PAGE, TYPED | {"track": "", "do": "lock"})
    assert refused.status_code == 422
    assert "Say in which track they came." in words_of(refused)
    assert desk.post(PAGE, TYPED | {"track": "", "do": "save"}).status_code == 302


def test_an_older_report_of_several_tracks_is_corrected_as_it_is_or_within_them(desk, coordinator, acting):
    with acting(coordinator):
        typed_report(
            the_site(), DAY, coordinator, people={"F|18-64": 8, "M|18-64": 6}, tracks={"1": 9, "2": 5}
        )
    old = TYPED | {"version": "1", "do": "correct", "parties": "15", "why": "Five more.", "track": "apart"}
    old |= {"track-1": "9", "track-2": "5"}
    assert desk.post(PAGE, old | {"parties": "6"}).status_code == 302
    within = {"track_sex_age-1-F-18-64": "8", "track_sex_age-1-M-18-64": "1", "track_sex_age-2-M-18-64": "5"}
    assert (
        desk.post(PAGE, old | within | {"track": "several", "version": "2", "parties": "6"}).status_code
        == 302
    )
    assert "Track 2, men, 18–64 years 0 → 5" in words_of(desk.get(PAGE))


def test_what_attendance_counted_stands_beside_and_a_difference_needs_a_reason(opened, desk):
    fill_ended(at=EVENING)
    page = words_of(desk.get(PAGE))
    assert "filled in from the check-ins Tue 17 Nov 16:30 · not locked" in page
    assert "By the check-ins Corrected" in page
    refused = desk.post(PAGE, TYPED | {"version": "1", "do": "lock"})
    assert refused.status_code == 422
    assert "Women, 18–64 years 0 → 8" in words_of(refused).replace("women", "Women")
    desk.post(PAGE, TYPED | {"version": "1", "why": "The scanner stood still.", "do": "lock"})
    page = words_of(desk.get(PAGE))
    assert "Women, 18–64 years 0 → 8" in page
    assert "”The scanner stood still.”" in page


def test_another_agency_at_the_site_corrects_after_locking_and_is_named(locked):
    other = UserFactory(agency="SKV", last_name="Skattesson")
    changed = TYPED | {"sex_age-F-18-64": "7", "mode-main": "13", "version": "2", "do": "correct"}
    page = words_of(browser_of(other).post(PAGE, changed | {"why": "Counted twice."}, follow=True))
    assert "Test Skattesson" in page
    assert "Women, 18–64 years 8 → 7" in page
    elsewhere = UserFactory(agency="SKV", sites=[the_site("malmo")])
    assert browser_of(elsewhere).post(PAGE, changed | {"version": "3"}).status_code == 404


def test_a_locked_report_is_corrected_with_a_reason_and_both_numbers_are_told(locked, desk, coordinator):
    assert "Save the correction" in words_of(desk.get(f"{PAGE}?correct"))
    changed = TYPED | {
        "sex_age-F-18-64": "9",
        "mode-main": "15",
        "version": "2",
        "do": "correct",
        "note": "",
        "interpreting": "",
        "trouble": [],
    }
    refused = desk.post(PAGE, changed)
    assert refused.status_code == 422
    assert "Say why the locked report is corrected." in words_of(refused)
    page = words_of(desk.post(PAGE, changed | {"why": "The family came at 11:30."}, follow=True))
    assert f"Mon 23 Nov 09:00 · {coordinator}" in page
    assert "Women, 18–64 years 8 → 9" in page
    assert "”The family came at 11:30.”" in page
    with acting_as(FIGURES):
        assert DayCorrection.objects.count() == 3


def test_who_saves_after_somebody_else_is_told_and_can_save_again(desk, save):
    save()
    refused = desk.post(PAGE, TYPED | {"do": "save"})
    assert refused.status_code == 409
    assert "That day has a report." in words_of(refused)
    assert 'name="version" value="1"' in refused.text.replace("\n", " ")


@pytest.mark.parametrize("typed", ["-1", "1000", "abc", "1e9", "9" * 40, "1.5"])
def test_what_is_no_number_is_refused_by_name(desk, typed):
    refused = desk.post(PAGE, TYPED | {"sex_age-U-65": typed, "do": "save"})
    assert refused.status_code == 422
    assert "Not stated, 65 years and older: Write whole numbers from 0 to 999." in words_of(refused)
    assert stored() == []


def test_numbers_are_typed_with_whichever_digits(desk):
    desk.post(PAGE, TYPED | {"sex_age-F-18-64": "٨", "do": "save"})
    assert stored() == [(5, 1, None)]


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-11-24", "That day has not been yet."), ("2026-11-22", "not open on weekends")],
)
def test_a_day_that_can_have_no_report_says_why(desk, day, words):
    address = f"/day-reports/norrkoping/{day}/"
    answer = desk.get(address)
    assert answer.status_code == 200
    assert words in words_of(answer)
    assert "Lock the report" not in words_of(answer)
    refused = desk.post(address, TYPED | {"do": "lock"})
    assert refused.status_code == 422
    assert words in words_of(refused)


def test_the_list_tells_what_is_missing_and_since_when(desk, save, opened):
    SiteDayFactory(location=main_place(the_site()), date=date(2026, 11, 20))
    fill_ended(at=EVENING)
    page = words_of(desk.get(LIST))
    assert "Missing 2" in page
    assert "Tue 17 Nov 6 days late · filled in, not locked" in page
    assert "Fri 20 Nov 3 days late" in page


def test_the_menu_and_the_tasks_tell_how_many_wait_to_be_locked(opened, desk):
    assert 'class="count"' not in desk.get("/").text
    fill_ended(at=EVENING)
    assert 'class="count">1<' in desk.get("/").text
    assert "Day reports to lock 1" in words_of(desk.get("/todo/"))
    assert 'href="/day-reports/"' in desk.get("/todo/").text
    assert 'class="count">1<' in browser_of(UserFactory()).get("/").text
    assert 'class="count"' not in browser_of(UserFactory(sites=[the_site("malmo")])).get("/").text


def test_the_list_leads_to_a_day_that_is_typed(desk):
    answer = desk.get(LIST, {"date": "2026-11-17"})
    assert answer.headers["Location"] == PAGE
    wrong = desk.get(LIST, {"date": "17/11"})
    assert wrong.status_code == 400
    assert "yyyy-mm-dd" in wrong.text


def test_who_works_at_two_sites_chooses_one(acting):
    both = UserFactory(sites=[the_site(), the_site("malmo")])
    with acting(both):
        typed_report(the_site("malmo"), DAY, both)
    desk = browser_of(both)
    assert "Tue 17 Nov, Malmö" in words_of(desk.get(LIST))
    assert (
        desk.get(LIST, {"site": "malmo", "date": "2026-11-17"})
        .headers["Location"]
        .startswith("/day-reports/malmo/")
    )
    assert desk.get(LIST, {"site": "orebro", "date": "2026-11-17"}).status_code == 400


def test_how_the_interpreters_came_is_told_to_the_coordinator(opened, coordinator, acting):
    manager = ManagerFactory()
    with acting(manager):
        InterpreterOrderFactory(agency=manager.agency, site_day=opened, state="confirmed")
    told = "Interpreters ordered: 1; came: 1; of these late: 0."
    assert told in words_of(browser_of(coordinator).get(PAGE))
    assert told not in words_of(browser_of(manager).get(PAGE))


@pytest.mark.parametrize("factory", [HostFactory, SecretariatFactory])
def test_hosts_and_the_secretariat_have_no_day_reports(locked, factory):
    desk = browser_of(factory())
    assert [desk.get(LIST).status_code, desk.get(PAGE).status_code] == [403, 403]


def test_another_sites_report_is_not_there(locked):
    desk = browser_of(CoordinatorFactory(sites=[the_site("malmo")]))
    assert desk.get(PAGE).status_code == 404
    assert desk.post(PAGE, TYPED).status_code == 404
    assert desk.get("/day-reports/nowhere/2026-11-17/").status_code == 404
    assert "17 Nov" not in words_of(desk.get(LIST))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_as_much_for_one_day_as_for_three(
    acting, coordinator, desk, number, django_assert_num_queries
):
    with acting(coordinator):
        for n in range(number):
            typed_report(the_site(), date(2026, 11, 16 + n), coordinator, locked=n > 0)
    desk.get(LIST)
    with django_assert_num_queries(20):
        desk.get(LIST)
