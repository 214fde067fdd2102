"""The whole day of an agency at a site: any of its caseworkers opens, checks in and ticks for a colleague."""

import pytest

from bookings.models import Meeting
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory, the_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(book):
    return book()


@pytest.fixture
def ill(chain, caseworker, acting):
    """The caseworker of Skatteverket whom the party was to meet."""
    with acting(caseworker):
        return chain.meetings.select_related("caseworker").get(agency__code="SKV").caseworker


@pytest.fixture
def colleague(ill):
    return UserFactory(agency="SKV")


def test_the_whole_day_names_whose_desk_each_visit_is_at(chain, ill, colleague, clock):
    clock.move_to("2026-12-08T07:30:00+01:00")
    page = browser_of(colleague).get("/visits/")
    assert chain.reference in page.text
    assert str(ill) in page.text
    assert "interpreter" in words_of(page)
    assert f"/visits/{chain.reference}/" in page.text
    mine = browser_of(colleague).get("/visits/", {"mine": "on"})
    assert chain.reference not in mine.text
    assert chain.reference in browser_of(ill).get("/visits/", {"mine": "on"}).text


def test_a_colleague_checks_in_and_the_names_open_on_the_same_page(chain, ill, colleague, clock, acting):
    clock.move_to("2026-12-08T09:40:00+01:00")
    browser = browser_of(colleague)
    said = {"agency": "SKV", "kind": "began", "page": "visits"}
    answer = browser.post(f"/chains/{chain.reference}/attendance/", said, follow=True)
    assert answer.request["PATH_INFO"] == "/visits/"
    assert "Came 09:40" in words_of(answer)
    with acting(colleague):
        assert Meeting.objects.get().checked_in_by == colleague
    assert "Given" in words_of(answer)
    assert browser.get(f"/checklists/{chain.reference}/").status_code == 200


def test_a_refusal_stands_on_the_whole_day(chain, colleague):
    said = {"agency": "SKV", "kind": "began", "page": "visits"}
    answer = browser_of(colleague).post(f"/chains/{chain.reference}/attendance/", said)
    assert answer.status_code == 409
    assert "who comes is recorded then" in words_of(answer)


def test_another_day_all_that_is_to_come_and_what_is_no_date(chain, colleague):
    browser = browser_of(colleague)
    for query, status, is_there in (
        ({}, 200, False),
        ({"date": "2026-12-08"}, 200, True),
        ({"date": ""}, 200, True),
        ({"date": "tomorrow"}, 422, True),
    ):
        answer = browser.get("/visits/", query)
        assert (answer.status_code, chain.reference in answer.text) == (status, is_there)


@pytest.mark.parametrize("user", [{"agency": "PM"}, {"agency": "SKV", "sites": ["malmo"]}])
def test_nobody_else_has_it_in_the_day(chain, user):
    sites = {"sites": [the_site(code) for code in user["sites"]]} if "sites" in user else {}
    browser = browser_of(UserFactory(agency=user["agency"], **sites))
    assert chain.reference not in browser.get("/visits/", {"date": "2026-12-08"}).text
