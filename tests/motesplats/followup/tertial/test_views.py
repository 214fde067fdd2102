"""The pages: what is due, writing together, submitting, and reading as the secretariat."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Site
from motesplats.followup.tertial.submit import submit_tertial
from motesplats.models import TertialReport
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    SiteDayFactory,
    UserFactory,
    main_place,
    the_site,
)
from tests.factories.reporting import LAST_SUMMER, TEXTS, own_figure, published_figure, write
from tests.moment import NOW

pytestmark = pytest.mark.django_db
REPORT = "/tertial-reports/norrkoping/2026/2/"
FORM = TEXTS | {"version": "0", "codes": ["H1"]}
SOME = ("malmo", "orebro", "kalmar")


def submitted(acting, site, manager):
    with acting(manager):
        report = write(site, manager)
        submit_tertial(site=site, period=LAST_SUMMER, seen=report.version, by=manager, at=NOW)


def test_a_manager_writes_and_submits(norrkoping):
    browser = browser_of(ManagerFactory())
    assert "0 of at most 200 words" in words_of(browser.get(REPORT))
    answer = browser.post(REPORT, FORM | {"do": "submit"}, follow=True)
    assert "The secretariat then reads it" in words_of(answer)
    assert "marked as late" in words_of(answer)
    answer = browser.post(f"{REPORT}submit/", {"version": "1"}, follow=True)
    words = words_of(answer)
    assert "The report is submitted to the secretariat." in words
    assert "69 days late" in words
    assert "<textarea" not in answer.text


def test_what_is_missing_is_told_before_it_is_submitted(acting, norrkoping):
    manager = ManagerFactory()
    browser = browser_of(manager)
    browser.post(REPORT, FORM | {"staffing": ""})
    words = words_of(browser.get(f"{REPORT}submit/"))
    assert "Question 5, Staffing, has no answer." in words
    answer = browser.post(f"{REPORT}submit/", {"version": "1"})
    assert answer.status_code == 409
    with acting(manager):
        assert TertialReport.objects.get().state == "open"


def test_of_two_editors_the_second_keeps_what_was_typed_and_sees_the_firsts(norrkoping):
    first, second = browser_of(ManagerFactory(last_name="Öst")), browser_of(CoordinatorFactory())
    assert first.post(REPORT, FORM).status_code == 302
    answer = second.post(REPORT, FORM | {"staffing": "Min text."})
    assert answer.status_code == 409
    assert "Min text." in answer.text
    assert f"Öst: {TEXTS['staffing']}" in words_of(answer)
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert version
    assert second.post(REPORT, FORM | {"staffing": "Min text.", "version": version[1]}).status_code == 302


def test_too_many_words_come_back_as_they_were_typed(norrkoping):
    answer = browser_of(ManagerFactory()).post(REPORT, FORM | {"staffing": "ord " * 201})
    assert answer.status_code == 422
    assert "201 words, and there is room for 200." in words_of(answer)
    assert "ord ord ord" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/tertial-reports/norrkoping/2027/1/",  # has not begun
        "/tertial-reports/norrkoping/2026/4/",
        "/tertial-reports/norrkoping/1/1/",
        "/tertial-reports/norrkoping/9999/1/",
        "/tertial-reports/malmo/2026/2/",
        "/tertial-reports/nowhere/2026/2/",
    ],
)
def test_an_address_of_no_own_tertial_is_not_found(address):
    browser = browser_of(ManagerFactory())
    assert {browser.get(address).status_code, browser.post(address, FORM).status_code} == {404}


def test_the_secretariat_reads_what_is_submitted_with_small_figures_hidden(acting, norrkoping):
    own_figure(norrkoping, date(2026, 5, 1), "referrals", 3, people=3)
    published_figure(norrkoping, date(2026, 5, 1), "referrals", None)
    secretariat, manager = browser_of(SecretariatFactory()), ManagerFactory()
    with acting(manager):
        write(norrkoping, manager)
    assert secretariat.get(REPORT).status_code == 404
    with acting(manager):
        submit_tertial(site=norrkoping, period=LAST_SUMMER, seen=1, by=manager, at=NOW)
    words = words_of(secretariat.get(REPORT))
    assert "Referred onwards < 6" in words
    assert TEXTS["coordination"] in words
    assert "Referred onwards 3" in words_of(browser_of(manager).get(REPORT))
    assert secretariat.post(REPORT, FORM).status_code == 403


def test_the_list_names_what_is_overdue_first(acting, norrkoping):
    SiteDayFactory(location=main_place(the_site("malmo")), date=date(2026, 6, 9))
    published_figure(the_site("kalmar"), date(2026, 6, 1), "days", 4)
    manager = ManagerFactory(sites=[the_site("orebro")])
    submitted(acting, the_site("orebro"), manager)
    words = words_of(browser_of(SecretariatFactory()).get("/tertial-reports/"))
    overdue, due = words.split("To be submitted")
    assert "Malmö, tertial 2 2026 to be submitted by 2026-09-15" in overdue
    assert "Kalmar, tertial 2 2026 to be submitted by 2026-09-15" in overdue
    assert "Örebro, tertial 2" not in overdue
    assert "Örebro, tertial 3 2026 to be submitted by 2027-01-15" in due
    assert "Submitted for 2026 Örebro, tertial 2 2026 2026-11-23" in words


def test_a_manager_sees_the_own_sites_reports(acting, norrkoping):
    SiteDayFactory(location=main_place(norrkoping), date=date(2026, 6, 9))
    SiteDayFactory(location=main_place(the_site("malmo")), date=date(2026, 6, 9))
    words = words_of(browser_of(ManagerFactory()).get("/tertial-reports/"))
    assert "Norrköping, tertial 2 2026 to be submitted by 2026-09-15" in words
    assert "Malmö" not in words


def test_a_longer_list_takes_no_more_queries(acting):
    counts = []
    browser = browser_of(SecretariatFactory())
    for code in SOME:
        site = the_site(code)
        submitted(acting, site, ManagerFactory(sites=[site]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get("/tertial-reports/")
        counts.append(len(queries))
    assert counts[0] == counts[-1]
    assert Site.objects.count() > len(SOME)


def test_a_correction_stands_with_its_reason(acting, norrkoping):
    manager = ManagerFactory()
    submitted(acting, norrkoping, manager)
    browser = browser_of(manager)
    form = TEXTS | {"version": "2", "codes": ["H1", "M2"], "staffing": "Ett pass saknades."}
    assert browser.post(f"{REPORT}correct/", form).status_code == 422
    words = words_of(browser.post(f"{REPORT}correct/", form | {"why": "Fel månad"}, follow=True))
    assert "Corrected after it was submitted Staffing" in words
    assert f"Before: {TEXTS['staffing']} After: Ett pass saknades." in words
    assert browser.post(f"{REPORT}correct/", form | {"why": "Igen"}).status_code == 409


def test_others_are_told_that_it_is_not_theirs():
    assert browser_of(UserFactory()).get(REPORT).status_code == 403
    assert browser_of(CoordinatorFactory()).get(f"{REPORT}correct/").status_code == 403
