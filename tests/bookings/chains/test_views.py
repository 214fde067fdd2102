"""The chain's page: its day, its letter, its history; moving and cancelling it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.dispatches.outbox import LATE
from agencies.dispatches.sweep import SWEEPER
from agencies.models import Dispatch
from agencies.secrecy.context import acting_as
from bookings.links.paper_code import MOST_WRONG, CodeClosed, WrongCode, verify_code
from bookings.models import Chain
from bookings.summons.issue import renew_link
from tests.browser import browser_of, proposals_in, words_of
from tests.factories.agencies import UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
PAGES = ("/chains/{}/", "/chains/{}/move/", "/chains/{}/cancel/", "/chains/{}/summons.pdf")


@pytest.fixture
def chain(book) -> Chain:
    """A family's day on Tuesday 8 December, booked by the caseworker whose browser `browser` is."""
    booked: Chain = book()
    return booked


def test_the_page_shows_the_day_its_people_and_its_letter(browser, chain):
    response = browser.get(f"/chains/{chain.reference}/")
    words = words_of(response)
    assert chain.reference in words
    assert "Swedish Tax Agency" in words
    assert "one adult" in words
    assert "Booked for Tue 8 Dec" in words
    assert f"/chains/{chain.reference}/summons.pdf?version=1" in response.text
    assert "No postal address" not in words


def test_a_missing_postal_address_is_pointed_out(browser, chain, caseworker, acting):
    with acting(caseworker):
        chain.party.address = ""
        chain.party.save()
    assert "No postal address" in words_of(browser.get(f"/chains/{chain.reference}/"))


def test_a_code_that_is_closed_is_pointed_out_with_the_way_to_a_new_one(browser, chain, caseworker, acting):
    address = f"/chains/{chain.reference}/"
    assert "typed ten times" not in words_of(browser.get(address))
    with acting(caseworker):
        link = chain.links.select_related("newcomer").first()
    for _ in range(MOST_WRONG):
        with pytest.raises((WrongCode, CodeClosed)):
            verify_code(link=link, typed="34679CDF", at=timezone.now())
    words = words_of(browser.get(address))
    assert f"The code in the letter of {link.newcomer.given_name} is closed" in words
    assert "Make a new code, print the letter and hand it over." in words
    with acting(caseworker):
        renew_link(link=link, by=caseworker, at=timezone.now())
    assert "typed ten times" not in words_of(browser.get(address))


@pytest.mark.parametrize("page", PAGES)
def test_another_agencys_chain_is_answered_as_one_that_does_not_exist(browser, chain, page):
    other = browser_of(UserFactory(agency="AF"))
    hidden, none = other.get(page.format(chain.reference)), other.get(page.format("AAA-AAA"))
    assert hidden.status_code == none.status_code == 404
    assert hidden.content == none.content


@pytest.mark.parametrize("reference", ["aaa", "AAA-AA%00", "AAA-AAAA", "../etc"])
def test_an_invalid_reference_is_not_found(browser, reference):
    assert browser.get(f"/chains/{reference}/").status_code == 404


def test_moving_shows_the_present_day_and_issues_a_new_version_of_the_summons(
    browser, chain, caseworker, acting
):
    address = f"/chains/{chain.reference}/move/"
    page = browser.get(address)
    assert "Now" in words_of(page)
    assert len(proposals_in(page)) == 3
    assert browser.post(address, {"proposal": proposals_in(page)[0]}).url == f"/chains/{chain.reference}/"
    words = words_of(browser.get(f"/chains/{chain.reference}/"))
    assert "Version 2" in words
    assert "Moved from Tue 8 Dec" in words


def test_moving_one_meeting_leaves_the_others_where_they_are(browser, chain, caseworker, acting):
    address = f"/chains/{chain.reference}/move/?meeting=FK"
    page = browser.get(address)
    with acting(caseworker):
        before = {m.agency.code: m.starts_at for m in chain.meetings.all()}
    assert browser.post(address, {"proposal": proposals_in(page)[0]}).status_code == 302
    with acting(caseworker):
        after = {m.agency.code: m.starts_at for m in Chain.objects.get().meetings.all()}
    assert {code for code in before if before[code] != after[code]} == {"FK"}


def test_a_proposal_that_has_been_taken_is_refused_with_new_proposals(browser, book, chain):
    address = f"/chains/{chain.reference}/move/"
    signed_proposal = proposals_in(browser.get(address))[0]
    other = book()
    assert browser.get(f"/chains/{other.reference}/move/").status_code == 200
    browser.post(address, {"proposal": signed_proposal})
    again = browser.post(f"/chains/{other.reference}/move/", {"proposal": signed_proposal})
    assert again.status_code == 422
    assert proposals_in(again)


def test_a_last_day_before_the_first_is_refused_beside_its_field(browser, chain):
    response = browser.get(f"/chains/{chain.reference}/move/?first=2026-12-10&to=2026-12-01")
    assert response.status_code == 422
    assert "before the first" in words_of(response)
    assert 'value="2026-12-01"' in response.text


def test_cancelling_needs_a_reason_and_can_be_done_once(browser, chain, caseworker, acting):
    address = f"/chains/{chain.reference}/cancel/"
    for reason in ("", "   ", "x" * 301):
        response = browser.post(address, {"reason": reason})
        assert response.status_code == 422
        assert reason.strip() in response.text
    assert browser.post(address, {"reason": "The family has moved"}).status_code == 302
    words = words_of(browser.get(f"/chains/{chain.reference}/"))
    assert "This day is cancelled. The family has moved" in words
    assert "Move the day" not in words
    again = browser.post(address, {"reason": "Once more"})
    assert again.status_code == 409
    assert "This day is cancelled." in words_of(again)


@pytest.mark.parametrize("verb", ["move", "cancel"])
def test_a_cancelled_day_is_neither_moved_nor_cancelled_and_a_new_one_is_offered(browser, chain, verb):
    browser.post(f"/chains/{chain.reference}/cancel/", {"reason": "Ill"})
    refused = browser.get(f"/chains/{chain.reference}/{verb}/")
    assert refused.status_code == 409
    assert "This day is cancelled." in words_of(refused)
    assert not proposals_in(refused)
    for page in (refused, browser.get(f"/chains/{chain.reference}/")):
        assert f"/parties/{chain.party.reference}/book/" in page.text
        assert "Book a new day" in words_of(page)


def test_a_cancellation_that_did_not_see_a_move_says_so_and_keeps_its_reason(browser, chain):
    address = f"/chains/{chain.reference}/cancel/"
    assert 'name="version" value="1"' in browser.get(address).text
    move = f"/chains/{chain.reference}/move/"
    browser.post(move, {"proposal": proposals_in(browser.get(move))[0]})
    page = browser.post(address, {"reason": "The family is ill", "version": "1"})
    assert page.status_code == 409
    assert "This day has changed since you looked." in words_of(page)
    assert "The family is ill" in page.text
    assert 'name="version" value="2"' in page.text
    assert browser.post(address, {"reason": "The family is ill", "version": "2"}).status_code == 302


def test_a_move_that_another_overtook_says_so_with_fresh_proposals(browser, chain):
    address = f"/chains/{chain.reference}/move/"
    stale = proposals_in(browser.get(f"{address}?meeting=MIG"))[0]
    browser.post(f"{address}?meeting=FK", {"proposal": proposals_in(browser.get(f"{address}?meeting=FK"))[0]})
    page = browser.post(f"{address}?meeting=MIG", {"proposal": stale})
    assert page.status_code == 409
    assert "moved the meeting with Swedish Social Insurance Agency" in words_of(page)
    assert proposals_in(page)


@pytest.mark.parametrize("agency", ["PM", "XXX", "%00", "mig"])
def test_a_meeting_that_the_day_does_not_have_is_not_found(browser, chain, agency):
    assert browser.get(f"/chains/{chain.reference}/move/?meeting={agency}").status_code == 404


def test_moving_a_cancelled_chain_is_refused(browser, chain):
    signed_proposal = proposals_in(browser.get(f"/chains/{chain.reference}/move/"))[0]
    browser.post(f"/chains/{chain.reference}/cancel/", {"reason": "Ill"})
    assert browser.post(f"/chains/{chain.reference}/move/", {"proposal": signed_proposal}).status_code == 409


def test_the_letters_file_name_is_neutral_and_no_cache_keeps_it(browser, chain):
    response = browser.get(f"/chains/{chain.reference}/summons.pdf?version=1&adult=1")
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == f'inline; filename="{chain.reference}.pdf"'
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("query", ["version=2", "version=x", "adult=3", "adult=0", "adult=%00"])
def test_a_version_or_adult_that_does_not_exist_is_not_found(browser, chain, query):
    assert browser.get(f"/chains/{chain.reference}/summons.pdf?{query}").status_code == 404


def test_every_page_has_exactly_one_main_button(browser, chain):
    for page in ("/", "/parties/", f"/chains/{chain.reference}/", f"/chains/{chain.reference}/move/"):
        assert len(re.findall(r'class="btn main"', browser.get(page).text)) == 1, page


@pytest.mark.parametrize(
    ("state", "words"), [("due", "still waits"), ("failed", "could not be printed beforehand")]
)
def test_a_letter_that_is_late_or_given_up_is_named(browser, chain, clock, state, words):
    page = f"/chains/{chain.reference}/"
    assert words not in words_of(browser.get(page))
    with acting_as(SWEEPER):
        Dispatch.objects.update(state=state, ended_at=NOW if state == "failed" else None)
    clock.shift(LATE + timedelta(seconds=1))
    assert words in words_of(browser.get(page))
