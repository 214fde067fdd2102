"""The search field: on every page, for whom it opens what at once, and the list that it narrows."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.chains.book import cancel_chain
from bookings.parties.protect import protect_party
from tests.browser import browser_of, words_of
from tests.factories.agencies import UserFactory, the_site
from tests.factories.bookings import NewcomerFactory, PartyFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db

WRITTEN = [
    str,
    str.lower,
    lambda code: code.replace("-", ""),
    lambda code: code.replace("-", " "),
    lambda code: code.replace("-", "+"),
    lambda code: f" {code.replace('-', '–')}\r\n",
]


@pytest.fixture
def chain(book):
    return book()


@pytest.fixture
def met(chain, caseworker, acting):
    """A colleague, at Försäkringskassan, of whoever the party meets there."""
    return UserFactory(agency="FK")


def test_the_field_is_on_every_page_once(browser, chain, met):
    for address in (
        "/",
        "/parties/",
        f"/chains/{chain.reference}/",
        "/visits/",
        "/parties/new/",
        "/password/",
    ):
        assert browser.get(address).text.count('id="q"') == 1, address
    assert browser_of(met).get(f"/visits/{chain.reference}/").text.count('id="q"') == 1
    assert (
        'id="q"'
        not in browser_of(UserFactory(agency=None, role="secretariat")).get("/followup/", follow=True).text
    )


@pytest.mark.parametrize("write", WRITTEN)
def test_the_code_on_the_letter_opens_the_visit_for_a_colleague_of_whom_is_met(chain, met, write):
    answer = browser_of(met).get("/parties/", {"q": write(chain.reference)})
    assert answer["Location"] == f"/visits/{chain.reference}/"
    assert browser_of(met).get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("write", WRITTEN)
def test_a_code_opens_the_agencys_own_chain_and_party(chain, browser, write):
    for code, page in ((chain.reference, "chains"), (chain.party.reference, "parties")):
        assert browser.get("/parties/", {"q": write(code)})["Location"] == f"/{page}/{code}/"


def test_the_partys_code_opens_its_visit_too(chain, met, clock):
    search = {"q": chain.party.reference}
    assert browser_of(met).get("/parties/", search)["Location"] == f"/visits/{chain.reference}/"
    clock.move_to("2026-12-20T08:00:00+01:00")
    assert browser_of(met).get("/parties/", search)["Location"] == f"/visits/{chain.reference}/"


def test_a_code_of_nobody_and_one_that_is_hidden_look_the_same(chain):
    browser = browser_of(UserFactory(agency="PM"))
    pages = [browser.get("/parties/", {"q": code}).text for code in (chain.reference, "ZZZ-ZZZ")]
    hidden, none = (re.sub(r"[0-9A-Z]{3}-[0-9A-Z]{3}|\w{64}|nonce\S+", "", page) for page in pages)
    assert hidden == none


def test_elsewhere_and_after_a_cancellation_the_code_opens_nothing(chain, met, caseworker, acting):
    search = {"q": chain.reference}
    elsewhere = UserFactory(agency="FK", sites=[the_site("malmo")])
    assert browser_of(elsewhere).get("/parties/", search).status_code == 200
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Sjuk", by=caseworker, at=NOW)
    assert browser_of(met).get("/parties/", search).status_code == 200


def test_whoever_is_visited_is_shown_the_visits_that_are_to_come(chain, met):
    page = words_of(browser_of(met).get("/parties/"))
    assert "Visits to come" in page
    assert "Tue 8 Dec" in page
    assert chain.reference in page


def test_a_search_keeps_what_was_typed_and_the_pages_keep_both(browser, caseworker, acting):
    with acting(caseworker):
        for _ in range(26):
            party = PartyFactory(registered_by=caseworker, members=(), registration=uuid4())
            NewcomerFactory(party=party, family_name="Al Hariri")
    answer = browser.get("/parties/", {"q": "Al-Hariri", "booked": "no", "mine": "on"})
    assert "26 parties" in words_of(answer)
    assert 'value="Al-Hariri"' in answer.text
    (following,) = re.findall(r'rel="next"\s+href="([^"]+)"', answer.text)
    second = browser.get(f"/parties/{unescape(following)}")
    assert "Page 2 of 2" in words_of(second)
    assert second.text.count("Book a day for") == 1


@pytest.fixture
def three(book, caseworker, acting):
    """A booked party; one without a day; a colleague's without a day."""
    booked = book().party.reference
    with acting(caseworker):
        waiting = PartyFactory(registered_by=caseworker).reference
    colleague = UserFactory(agency="MIG")
    with acting(colleague):
        theirs = PartyFactory(registered_by=colleague).reference
    return {"booked": booked, "waiting": waiting, "theirs": theirs}


FILTERS = [
    ({}, {"booked", "waiting", "theirs"}),
    ({"booked": "yes"}, {"booked"}),
    ({"booked": "no"}, {"waiting", "theirs"}),
    ({"mine": "on"}, {"booked", "waiting"}),
    ({"mine": "on", "booked": "no"}, {"waiting"}),
    ({"date": "2026-12-08"}, {"booked"}),
    ({"date": "2026-12-09"}, set()),
    ({"site": "norrkoping"}, {"booked", "waiting", "theirs"}),
]


@pytest.mark.parametrize(("chosen", "listed"), FILTERS)
def test_the_list_is_narrowed_and_the_api_the_same(browser, api, three, chosen, listed):
    page = browser.get("/parties/", chosen).text
    assert {name for name, code in three.items() if f"/parties/{code}/" in page} == listed
    query = {
        name: {"on": "true", "yes": "true", "no": "false"}.get(value, value) for name, value in chosen.items()
    }
    answer = api.get("/api/v1/parties/", query).json()
    assert {party["reference"] for party in answer["results"]} == {three[name] for name in listed}


def test_a_site_is_chosen_among_ones_own(three, acting):
    user = UserFactory(agency="MIG", sites=[the_site(), the_site("malmo")])
    browser = browser_of(user)
    here, there = (browser.get("/parties/", {"site": code}).text for code in ("norrkoping", "malmo"))
    assert f"/parties/{three['booked']}/" in here
    assert not [code for code in three.values() if f"/parties/{code}/" in there]
    assert browser.get("/parties/", {"site": "linkoping"}).status_code == 422


@pytest.mark.parametrize("chosen", [{"date": "yesterday"}, {"booked": "perhaps"}, {"date": "2026-02-31"}])
def test_what_cannot_be_chosen_is_told_beside_its_field(browser, three, chosen):
    answer = browser.get("/parties/", chosen)
    assert answer.status_code == 422
    assert 'class="field wrong"' in answer.text
    assert f"/parties/{three['booked']}/" in answer.text


@pytest.mark.parametrize("query", [{"site": "nowhere"}, {"date": "x"}, {"booked": "perhaps"}, {"mine": "x"}])
def test_the_api_says_which_filter_is_wrong(api, query):
    answer = api.get("/api/v1/parties/", query)
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == list(query)


@pytest.mark.parametrize(
    "address", ["/parties/?booked=yes", "/parties/?q=Family&mine=on&date=2026-12-08", "/visits/?date="]
)
def test_the_cost_does_not_grow_with_what_is_found(browser, book, address):
    costs = []
    for more in (1, 2):
        for _ in range(more):
            book()
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_protected_party_is_found_by_its_code_alone(browser, chain, caseworker, acting):
    with acting(caseworker):
        name = chain.party.members.first().given_name
        protect_party(party=chain.party, reason="Told by the Tax Agency", by=caseworker, at=NOW)
    assert "Nobody found." in words_of(browser.get("/parties/", {"q": name}))
    assert (
        browser.get("/parties/", {"q": chain.party.reference})["Location"]
        == f"/parties/{chain.party.reference}/"
    )


def test_a_birth_date_and_a_number_find_over_the_api(api, register):
    code = register(phone="070-174 06 05", case_reference="MIG 77/2")
    for search in ("19920517", "920517-1234", "0701740605", "mig 77/2", code.lower().replace("-", "")):
        answer = api.get("/api/v1/parties/", {"search": search}).json()
        assert [party["reference"] for party in answer["results"]] == [code], search
