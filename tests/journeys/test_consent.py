"""Consent in a real browser: the letter's QR code opens the day, each question has two equal answers and a way back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings.links.tokens import code_of, paper_address_of, token_of
from tests.bookings.booking_steps import book, register
from tests.journeys.axe import found_by_axe
from tests.journeys.test_booking import sign_in

DIRECTIONS = {"sv": "ltr", "ar": "rtl", "ti": "ltr"}


@pytest.fixture
def chain(caseworker, acting):
    now = timezone.now()
    first = timezone.localdate() + timedelta(days=8)
    with acting(caseworker):
        party = register(caseworker, at=now)
        return book(party, caseworker, at=now, first=first, last=first + timedelta(days=20))


@pytest.mark.parametrize("language", DIRECTIONS)
def test_the_newcomer_answers_without_javascript_and_takes_it_back(walk, chain, caseworker, acting, language):
    with acting(caseworker):
        link = chain.links.first()
    with walk(360, language, script=False) as page:
        page.goto(f"/d/{token_of(link)}")
        page.locator(f"label[for={language}]").click()
        page.locator(".button").click()
        page.locator("a[href*='/consents']").click()
        page.locator("#code").fill(code_of(link))
        page.locator(".code .button").click()
        expect(page.locator("html")).to_have_attribute("dir", DIRECTIONS[language])
        fits(page)
        page.locator("a.button").click()
        for number in range(4):
            fits(page)
            yes, no = page.locator("fieldset").first.locator("label").all()
            assert {name: yes.bounding_box()[name] for name in ("width", "height", "y")} == {
                name: no.bounding_box()[name] for name in ("width", "height", "y")
            }
            yes.click()
            page.locator("fieldset").last.locator("label").last.click()
            page.locator("form .button").click()
            expect(page.locator("progress")).to_have_attribute("value", str(2 * number + 2))
        expect(page.locator(".open-now")).to_be_visible()
        fits(page)
        page.locator("a.office").first.click()
        expect(page.locator("input[value=yes]").first).to_be_checked()
        page.locator("input[value=no]").first.check()
        page.locator("form .button").click()
        expect(page.locator(".open-now")).to_be_visible()


@pytest.mark.parametrize("language", DIRECTIONS)
def test_every_page_of_consent_is_whole_for_axe(walk, chain, caseworker, acting, language):
    with acting(caseworker):
        address = "/d/" + paper_address_of(chain.links.first()).split("/d/")[1]
    with walk(360, language) as page:
        page.goto(address)
        page.locator(f"label[for={language}]").click()
        page.locator(".button").click()
        page.locator("a[href*='/consents']").click()
        is_whole(page)
        page.locator("a.button").click()
        is_whole(page)
        page.locator("main details summary").first.click()
        page.locator("input[value=yes]").first.check()
        is_whole(page)
        page.locator("form .button").click()
        page.go_back()
        page.locator("a[href*='/choices']").click()
        expect(page.locator("fieldset[id]").first).to_be_visible()
        is_whole(page)
        page.locator("details.receipts summary").click()
        page.locator("a[href*='/receipts/']").first.click()
        is_whole(page)


def test_a_caseworker_records_a_sitting_by_keyboard(walk, chain):
    with walk(360, "sv") as page:
        page.goto(f"/chains/{chain.reference}/consents/")
        sign_in(page)
        expect(page.locator(".adult-1").first).to_be_hidden()
        page.locator("#id_present_0").press("Space")
        expect(page.locator(".adult-1").first).to_be_visible()
        expect(page.locator(".adult-2").first).to_be_hidden()
        page.locator("#id_witness").fill("Test Vittne")
        for key in ("FK.names.MIG.1", "AF.meetings.MIG.1"):
            page.locator(f"[name='{key}'][value='']").focus()
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("ArrowLeft")
            expect(page.locator(f"[name='{key}'][value=yes]")).to_be_checked()
        is_whole(page)
        page.keyboard.press("Enter")
        expect(page.locator("#id_interpreter_error")).to_be_visible()
        expect(page.locator("[name='FK.names.MIG.1'][value=yes]")).to_be_checked()
        is_whole(page)
        page.locator("#id_interpreter").fill("Tolk 12")
        page.locator("button.main").click()
        expect(page.locator("#id_interpreter_error")).to_have_count(0)
        page.locator("#id_present_0").check()
        expect(page.locator(".adult-1", has_text="ja, till")).to_have_count(2)
        is_whole(page)


def is_whole(page: Page) -> None:
    """Nothing to complain of for axe, nothing outside the screen."""
    fits(page)
    assert found_by_axe(page) == []


def fits(page: Page) -> None:
    page.wait_for_load_state()
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
