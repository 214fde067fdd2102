"""The page on which a party is corrected."""

import re
from typing import Any

import pytest

from bookings.models import Chain, Newcomer, Party
from bookings.parties.protect import protect_party
from tests.browser import words_of
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(book) -> Chain:
    booked: Chain = book()
    return booked


@pytest.fixture
def address(chain) -> str:
    return f"/parties/{chain.party.reference}/amend/"


def shown(response: Any) -> dict[str, list[str]]:
    """What a browser would send of the page as it was shown."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", response.text):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_box = found.get("type") == "checkbox"
        if not is_box or "checked" in tag:
            sent.setdefault(found.get("name", ""), []).append(found.get("value", "on" if is_box else ""))
    for name, options in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', response.text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent.setdefault(name, []).append(chosen[1] if chosen else "")
    return {name: values for name, values in sent.items() if name not in {"", "csrfmiddlewaretoken"}}


def test_a_page_sent_as_it_was_shown_changes_nothing(browser, address, chain, caseworker, acting):
    response = browser.post(address, shown(browser.get(address)), follow=True)
    assert "Nothing was changed." in words_of(response)
    with acting(caseworker):
        assert not chain.party.events.filter(kind="amended").exists()


def test_a_telephone_number_is_corrected_and_the_days_page_says_what_is_printed(
    browser, address, chain, caseworker, acting
):
    response = browser.post(address, shown(browser.get(address)) | {"phone": ["070-174 06 99"]}, follow=True)
    words = words_of(response)
    assert response.redirect_chain == [(f"/chains/{chain.reference}/", 302)]
    assert "Saved. Version 2 of the letter is being printed." in words
    assert "Corrected: mobile phone." in words
    with acting(caseworker):
        assert Party.objects.get().phone == "+46701740699"


def test_a_person_who_joins_leads_to_other_times(browser, address, chain, caseworker, acting):
    sent = shown(browser.get(address))
    response = browser.post(address, sent | {"do": ["add"]})
    assert response.status_code == 200
    sent = shown(response)
    assert len(sent["given_name"]) == 5
    sent["given_name"][4], sent["birth_date"][4] = "Amal", "2026-11-02"
    response = browser.post(address, sent, follow=True)
    assert response.redirect_chain == [(f"/chains/{chain.reference}/move/", 302)]
    assert "The booked day no longer fits" in words_of(response)
    assert "the day no longer fits it" in words_of(browser.get(f"/chains/{chain.reference}/"))
    with acting(caseworker):
        assert Newcomer.objects.count() == 5


def test_what_is_refused_stands_beside_its_field_and_the_rest_is_kept(browser, address):
    sent = shown(browser.get(address)) | {"phone": ["12"], "email": ["layla@example.se"]}
    sent["birth_date"][1] = "2030-01-01"
    response = browser.post(address, sent)
    assert response.status_code == 422
    assert 'value="12"' in response.text
    assert 'value="layla@example.se"' in response.text
    assert 'id="id_phone_error"' in response.text
    assert 'id="id_member2_birth_date_error"' in response.text


def test_two_at_once_the_second_is_told_and_keeps_what_was_typed(browser, address):
    sent = shown(browser.get(address))
    browser.post(address, sent | {"email": ["a@example.se"]})
    response = browser.post(address, sent | {"email": ["b@example.se"]})
    assert response.status_code == 409
    assert "Somebody has changed this party since you looked." in words_of(response)
    assert 'value="b@example.se"' in response.text


def test_of_a_protected_party_the_needs_are_corrected(browser, address, chain, caseworker, acting):
    with acting(caseworker):
        protect_party(party=chain.party, reason="The tax agency says so.", by=caseworker, at=NOW)
    page = browser.get(address)
    assert "Haddad" not in page.text
    sent = shown(page)
    assert "phone" not in sent
    assert "given_name" not in sent
    browser.post(address, sent | {"step_free": ["on"]})
    with acting(caseworker):
        assert Party.objects.get().step_free


def test_the_partys_page_leads_there(browser, address, chain):
    assert address in browser.get(f"/parties/{chain.party.reference}/").text
