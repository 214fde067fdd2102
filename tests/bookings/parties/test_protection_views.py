"""The pages of a protected identity: protecting, opening with a reason, the manager's list of openings, ending it."""

from uuid import uuid4

import pytest
from django.test import Client

from agencies.models import Role
from bookings.models import Chain, Opening, Party
from tests.browser import browser_of, proposals_in, words_of
from tests.factories.agencies import UserFactory
from tests.factories.bookings import NewcomerFactory, PartyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def party(caseworker, acting) -> Party:
    """Layla Haddad, with a phone number, registered by the caseworker."""
    with acting(caseworker):
        party = PartyFactory(registered_by=caseworker, members=(), phone="+46701740605")
        NewcomerFactory(party=party, given_name="Layla", family_name="Haddad")
    return party


@pytest.fixture
def address(party) -> str:
    """Of the party's page."""
    return f"/parties/{party.reference}/"


@pytest.fixture
def protected(browser, party: Party, address) -> Party:
    """The party, whose identity the caseworker has protected."""
    assert browser.post(f"{address}protect/", {"reason": "Told by the Tax Agency"}).url == address
    return party


@pytest.fixture
def manager(caseworker) -> Client:
    """The browser of a manager of the caseworker's agency."""
    return browser_of(UserFactory(agency=caseworker.agency, role=Role.MANAGER))


def test_the_page_of_a_protected_party_shows_an_alias_and_that_the_letter_is_handed_over(
    browser, address, protected
):
    words = words_of(browser.get(address))
    assert "Layla" not in words
    assert f"Person A {protected.reference}" in words
    assert "Hand the letter over" in words
    assert "Identity protected: Told by the Tax Agency" in words
    assert browser.get(f"{address}protect/").status_code == 404


def test_protecting_without_a_reason_is_refused(browser, address, party):
    page = browser.post(f"{address}protect/", {"reason": " "})
    assert page.status_code == 422
    assert "Say why." in words_of(page)
    assert "Layla" in words_of(browser.get(address))


def test_the_identity_is_shown_after_a_reason_and_on_its_own_page_only(browser, address, protected):
    asked = browser.get(f"{address}identity/")
    assert "Layla" not in asked.text
    assert browser.post(f"{address}identity/", {"reason": "The family called"}).url == f"{address}identity/"
    words = words_of(browser.get(f"{address}identity/"))
    assert "Layla Haddad" in words
    assert "+46701740605" in words
    assert "Layla" not in browser.get(address).text


def test_the_identity_is_hidden_again_after_fifteen_minutes(browser, address, protected, clock):
    browser.post(f"{address}identity/", {"reason": "The family called"})
    clock.shift(15 * 60)
    assert "Layla" not in browser.get(f"{address}identity/").text


def test_the_manager_is_told_of_openings_until_they_are_marked_as_seen(
    browser, address, protected, manager, caseworker
):
    browser.post(f"{address}identity/", {"reason": "The family called"})
    assert "A protected identity was opened 1 time." in words_of(manager.get("/"))
    page = manager.get("/openings/")
    assert "The family called" in words_of(page)
    assert "Layla" not in page.text
    until = page.text.split('name="until" value="')[1].split('"')[0]
    assert manager.post("/openings/", {"until": until}).url == "/openings/"
    assert 'name="until"' not in manager.get("/openings/").text
    assert browser.get("/openings/").status_code == 404


@pytest.mark.parametrize("until", ["", "yesterday", "2026-11-23", "2026-99-99T00:00", "2026-11-23T09:00:00"])
def test_an_invalid_moment_marks_no_opening_as_seen(
    browser, address, protected, manager, caseworker, acting, until
):
    browser.post(f"{address}identity/", {"reason": "The family called"})
    assert manager.post("/openings/", {"until": until}).status_code == 302
    with acting(caseworker):
        assert Opening.objects.get().seen_at is None


def test_only_a_manager_ends_the_protection(browser, address, protected, manager):
    assert browser.post(f"{address}unprotect/", {"reason": "Over"}).status_code == 404
    assert manager.get(f"{address}unprotect/").status_code == 200
    assert manager.post(f"{address}unprotect/", {"reason": "Over"}).url == address
    assert "Layla Haddad" in words_of(browser.get(address))


def test_another_agency_gets_the_same_answer_as_for_a_party_that_does_not_exist(address, protected):
    other = browser_of(UserFactory(agency="AF"))
    nowhere = other.get("/parties/AAA-AAA/").content
    for page in ("", "protect/", "identity/", "unprotect/"):
        hidden = other.get(address + page)
        assert (hidden.status_code, hidden.content) == (404, nowhere)


def test_a_party_can_be_protected_from_the_beginning(browser, open_days, family, caseworker, acting):
    typed = family | {"is_protected": "on"}
    signed_proposal = proposals_in(browser.post("/parties/new/", typed))[0]
    booked = browser.post(
        "/parties/new/", typed | {"do": "", "proposal": signed_proposal, "registration": str(uuid4())}
    )
    assert booked.status_code == 302
    words = words_of(browser.get(booked.url))
    assert "Layla" not in words
    assert "Person A" in words
    with acting(caseworker):
        assert Chain.objects.get().party.is_protected
