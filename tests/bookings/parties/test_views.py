"""Parties: found, counted, each on its own page."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.models import Chain
from tests.browser import browser_of, proposals_in, words_of
from tests.factories.agencies import UserFactory
from tests.factories.bookings import NewcomerFactory, PartyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def party(caseworker, acting):
    with acting(caseworker):
        party = PartyFactory(registered_by=caseworker, members=())
        NewcomerFactory(party=party, given_name="Åsa", family_name="Öberg", birth_date=date(1990, 1, 1))
    return party


@pytest.mark.parametrize("address", ["/", "/parties/", "/parties/?q=a"])
def test_the_cost_does_not_grow_with_the_parties(browser, book, address):
    costs = []
    for more in (1, 2):
        for _ in range(more):
            book()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_list_shows_each_party_and_its_day(browser, book, party):
    chain = book()
    words = words_of(browser.get("/parties/"))
    assert "2 parties" in words
    assert f"{party.reference} Åsa Öberg 1 person Arabic Norrköping Book a day" in words
    assert f"{chain.party.reference}" in words
    assert "Tue 8 Dec booked" in words


@pytest.mark.parametrize("search", ["åsa", "ÖBERG", "Åsa Öb"])
def test_search_finds_by_the_beginning_of_a_name(browser, party, search):
    assert party.reference in browser.get("/parties/", {"q": search}).text


@pytest.mark.parametrize("search", ["nobody", "<b>x", "\x00", "%", "x" * 5000])
def test_a_strange_search_is_only_text(browser, party, search):
    response = browser.get("/parties/", {"q": search})
    assert response.status_code == 200
    assert "<b>x" not in response.text
    assert search == "\x00" or "Nobody found." in words_of(response)


def test_the_reference_finds_the_party(browser, party):
    found = browser.get("/parties/", {"q": party.reference.lower()}, follow=True)
    assert found.request["PATH_INFO"] == f"/parties/{party.reference}/"


def test_another_agency_finds_nobody(party):
    other = browser_of(UserFactory(agency="AF"))
    assert "No parties yet." in words_of(other.get("/parties/"))
    hidden, none = other.get(f"/parties/{party.reference}/"), other.get("/parties/AAA-AAA/")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content == none.content


def test_a_party_s_page_leads_to_a_day(browser, party, open_days, caseworker, acting):
    page = browser.get(f"/parties/{party.reference}/")
    assert "Åsa Öberg" in words_of(page)
    assert f"/parties/{party.reference}/book/" in page.text
    choice = browser.get(f"/parties/{party.reference}/book/")
    assert len(proposals_in(choice)) == 3
    booked = browser.post(f"/parties/{party.reference}/book/", {"proposal": proposals_in(choice)[0]})
    with acting(caseworker):
        assert booked.url == f"/chains/{Chain.objects.get().reference}/"


def test_a_party_that_has_a_day_is_shown_it(browser, party, open_days):
    address = f"/parties/{party.reference}/book/"
    first, second, *_rest = proposals_in(browser.get(address))
    booked = browser.post(address, {"proposal": first})
    assert browser.post(address, {"proposal": second}).url == booked.url


def test_pages_of_parties(browser, caseworker, acting):
    with acting(caseworker):
        for _ in range(26):
            PartyFactory(registered_by=caseworker, members=(), registration=uuid4())
    assert "Page 1 of 2" in words_of(browser.get("/parties/"))
    assert "Page 2 of 2" in words_of(browser.get("/parties/?page=2"))
    assert browser.get("/parties/?page=xyz").status_code == 200
