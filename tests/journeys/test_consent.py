"""Consent in a real browser: the letter's QR code opens the day, each question has two equal answers and a way back."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from bookings.links.tokens import paper_address_of
from tests.bookings.booking_steps import book, register
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
def test_the_newcomer_answers_and_takes_it_back(walk, chain, caseworker, acting, language):
    with acting(caseworker):
        address = "/d/" + paper_address_of(chain.links.first()).split("/d/")[1]
    with walk(320, language) as page:
        page.goto(address)
        page.locator(f"label[for={language}]").click()
        page.locator(".button").click()
        page.locator("a[href*='/consents']").click()
        expect(page.locator("html")).to_have_attribute("dir", DIRECTIONS[language])
        page.locator("a[href*='to=FK']").click()
        question = page.locator("[id='FK.names.MIG']")
        yes, no = question.locator("button").all()
        assert {name: yes.bounding_box()[name] for name in ("width", "height", "y")} == {
            name: no.bounding_box()[name] for name in ("width", "height", "y")
        }
        is_whole(page)
        yes.click()
        expect(question.locator("button")).to_have_count(1)
        is_whole(page)
        question.locator("button").click()
        expect(question.locator("button")).to_have_count(2)
        page.locator("a[href*='/receipts/']").first.click()
        is_whole(page)


def test_a_caseworker_records_a_paper(walk, chain):
    with walk(360, "sv") as page:
        page.goto(f"/chains/{chain.reference}/consents/?question=FK.names.MIG")
        sign_in(page)
        page.locator("button.main").click()
        expect(page.locator("#id_witness_error")).to_be_visible()
        is_whole(page)
        page.locator("input[value=given]").check()
        page.locator("#id_witness").fill("Test Vittne")
        page.locator("#id_interpreter").fill("Tolk 12")
        page.locator("button.main").click()
        expect(page.locator(".lines li", has_text="ja, till")).to_have_count(1)
        is_whole(page)


def is_whole(page: Page) -> None:
    """Nothing to complain of for axe, nothing outside the screen."""
    page.wait_for_load_state()
    assert page.viewport_size
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
