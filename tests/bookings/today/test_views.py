"""My day: meetings in time order, and checking in."""

import re

import pytest

from bookings.models import AttendanceEvent
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(book):
    return book()


@pytest.fixture
def desk(chain, caseworker, acting):
    """Whoever meets the party at the Migration Agency's desk."""
    with acting(caseworker):
        return chain.meetings.get(agency__code="MIG").caseworker


def test_coming_days_are_there_before_and_meetings_on_the_day(chain, desk, clock):
    browser = browser_of(desk)
    before = words_of(browser.get("/"))
    assert "No meetings at your desk today." in before
    assert re.search(
        rf"Tue 8 Dec {chain.reference} Given \w+ Family · 4 persons · Arabic · Norrköping", before
    )
    clock.move_to("2026-12-08T07:00:00+01:00")
    sign_in(browser, desk)
    assert f"Check in {chain.reference}" in browser.get("/").text


def test_checking_in_is_remembered(chain, desk, clock, acting):
    clock.move_to("2026-12-08T08:40:00+01:00")
    browser = browser_of(desk)
    for _ in range(2):
        response = browser.post(f"/chains/{chain.reference}/attendance/", {"agency": "MIG"}, follow=True)
        assert "Came 08:40" in words_of(response)
    with acting(desk):
        assert AttendanceEvent.objects.count() == 1


@pytest.mark.parametrize("agency", ["PM", ""])
def test_a_wrong_agency_is_said_on_the_page(chain, desk, agency):
    response = browser_of(desk).post(f"/chains/{chain.reference}/attendance/", {"agency": agency})
    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_checking_in_is_a_post_and_one_s_own_agency_s(chain, desk):
    address = f"/chains/{chain.reference}/attendance/"
    assert browser_of(desk).get(address).status_code == 405
    assert browser_of(UserFactory(agency="PM")).post(address, {"agency": "PM"}).status_code == 404


def test_the_met_agency_checks_in_and_sees_the_names(chain, caseworker, clock, acting):
    with acting(caseworker):
        desk = chain.meetings.get(agency__code="FK").caseworker
    clock.move_to("2026-12-08T08:40:00+01:00")
    browser = browser_of(desk)
    assert f"/visits/{chain.reference}/" in browser.get("/").text
    before = words_of(browser.get(f"/visits/{chain.reference}/"))
    assert "4 persons · Arabic" in before
    assert "Family" not in before
    said = {"agency": "FK", "kind": "began", "page": "visit"}
    answer = browser.post(f"/chains/{chain.reference}/attendance/", said, follow=True)
    assert answer.request["PATH_INFO"] == f"/visits/{chain.reference}/"
    assert "Came 08:40" in words_of(answer)
    assert words_of(answer).count("Family") == 4
    undo = {"agency": "FK", "undo": "began", "page": "visit"}
    answer = browser.post(f"/chains/{chain.reference}/attendance/", undo, follow=True)
    assert "Check in" in words_of(answer)
    assert "Family" not in words_of(answer)


@pytest.mark.parametrize(("page", "address"), [("my-day", "/"), ("chain", "/chains/{}/")])
def test_who_did_not_come_is_said_and_taken_back_on_the_page_where_it_is_said(
    chain, desk, clock, page, address
):
    clock.move_to("2026-12-08T09:40:00+01:00")
    browser = browser_of(desk)
    post = f"/chains/{chain.reference}/attendance/"
    answer = browser.post(post, {"agency": "MIG", "kind": "no_show", "page": page}, follow=True)
    assert answer.request["PATH_INFO"] == address.format(chain.reference)
    assert "Did not come Undo" in words_of(answer)
    answer = browser.post(post, {"agency": "MIG", "undo": "no_show", "page": page}, follow=True)
    assert "Check in" in words_of(answer)
    history = words_of(browser.get(f"/chains/{chain.reference}/"))
    assert "Did not come to Swedish Migration Agency" in history
    assert "Undone at Swedish Migration Agency" in history


@pytest.mark.parametrize("page", ["my-day", "chain", "visit"])
def test_a_refusal_stands_on_the_page_where_it_was_asked_for(chain, caseworker, acting, page):
    with acting(caseworker):
        desk = chain.meetings.get(agency__code="MIG" if page == "chain" else "FK").caseworker
    said = {"agency": desk.agency.code, "kind": "began", "page": page}
    answer = browser_of(desk).post(f"/chains/{chain.reference}/attendance/", said)
    assert answer.status_code == 409
    assert "who comes is recorded then" in words_of(answer)


def test_the_met_agency_sees_its_coming_meetings(chain, caseworker, acting):
    with acting(caseworker):
        desk = chain.meetings.get(agency__code="FK").caseworker
    page = words_of(browser_of(desk).get("/"))
    assert f"Tue 8 Dec {chain.reference} 4 persons · Arabic" in page
    assert "Coming days of our parties" not in page


def test_the_owners_visit_is_its_chain(chain, desk):
    answer = browser_of(desk).get(f"/visits/{chain.reference}/")
    assert answer["Location"] == f"/chains/{chain.reference}/"


def test_nobody_else_knows_of_the_visit(chain):
    browser = browser_of(UserFactory(agency="PM"))
    answers = [browser.get(f"/visits/{reference}/") for reference in (chain.reference, "ZZZ-ZZZ")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_my_day_names_families_and_the_interpreter_and_says_what_is_over(chain, desk, clock):
    clock.move_to("2026-12-08T07:00:00+01:00")
    browser = browser_of(desk)
    page = words_of(browser.get("/"))
    assert re.search(rf"{chain.reference} Given \w+ Family 4 persons · Arabic · interpreter ", page)
    assert 'class="over"' not in browser.get("/").text
    clock.move_to("2026-12-08T15:30:00+01:00")
    after = browser_of(desk).get("/")
    assert 'class="over"' in after.text
    assert re.search(r"–\s*\d\d:\d\d over", words_of(after))


def test_whoever_is_met_reads_no_name_on_the_start_page_before_it_is_open(chain, caseworker, acting, clock):
    with acting(caseworker):
        desk = chain.meetings.get(agency__code="FK").caseworker
    clock.move_to("2026-12-08T07:00:00+01:00")
    assert "Given" not in words_of(browser_of(desk).get("/"))


def test_the_coming_days_say_that_there_are_more_and_lead_to_all(browser, book, monkeypatch):
    monkeypatch.setattr("bookings.today.views.COMING", 1)
    for _ in range(3):
        book()
    page = browser.get("/")
    assert "More: all parties with a day ahead" in words_of(page)
    assert "3 parties" in words_of(browser.get("/parties/?booked=yes"))
    assert 'href="/parties/?booked=yes"' in page.text


def test_whoever_has_more_meetings_ahead_is_led_to_all_of_them(book, caseworker, acting, monkeypatch):
    monkeypatch.setattr("bookings.today.views.COMING", 1)
    chains = [book() for _ in range(3)]
    with acting(caseworker):
        desk = chains[0].meetings.get(agency__code="FK").caseworker
        total = sum(chain.meetings.filter(caseworker=desk).count() for chain in chains)
    browser = browser_of(desk)
    assert words_of(browser.get("/")).count("More: all my coming meetings") == 1
    page = browser.get("/visits/?date=&mine=on").text
    assert page.count('<th scope="row">') == total
