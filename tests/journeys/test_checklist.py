"""The checklist from both sides in a real browser: an agency ticks, the family reads, writes and hides."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bookings.links.tokens import code_of, token_of
from tests.bookings.booking_steps import book, register
from tests.journeys.axe import found_by_axe
from tests.journeys.test_booking import sign_in

DIRECTIONS = {"sv": "ltr", "ar": "rtl"}


@pytest.fixture
def chain(caseworker, acting):
    now = timezone.now()
    first = timezone.localdate() + timedelta(days=8)
    with acting(caseworker):
        party = register(caseworker, at=now)
        return book(party, caseworker, at=now, first=first, last=first + timedelta(days=20))


@pytest.mark.parametrize("script", [True, False])
def test_an_agency_ticks_its_steps(walk, chain, script):
    with walk(360, "sv", script=script) as page:
        page.goto(f"/checklists/{chain.reference}/")
        sign_in(page)
        expect(page.locator(".progress")).to_have_text("0 av 3 steg klara")
        page.locator("#mig-papers_press").click()
        expect(page.locator(".progress")).to_have_text("1 av 3 steg klara")
        page.locator("#mig-address_done_on").fill("2099-01-01")
        page.locator("#mig-address_press").click()
        expect(page.locator("#mig-address_done_on_error")).to_be_visible()
        expect(page.locator("#mig-address_done_on")).to_have_value("2099-01-01")
        if script:
            assert found_by_axe(page) == []
        page.locator("#mig-papers_press").click()
        expect(page.locator(".progress")).to_have_text("0 av 3 steg klara")


@pytest.mark.parametrize("language", DIRECTIONS)
def test_the_family_reads_writes_and_hides(walk, chain, caseworker, acting, language):
    with acting(caseworker):
        link = chain.links.first()
        token, code = token_of(link), code_of(link)
        chain.meetings.filter(agency=caseworker.agency).update(
            attendance="began", checked_in_at=timezone.now(), checked_in_by=caseworker
        )
    with walk(320, language, script=False) as page:
        page.goto(f"/d/{token}/checklist?language={language}")
        page.locator("#code").fill(code)
        page.locator(".button").click()
        expect(page.locator("html")).to_have_attribute("dir", DIRECTIONS[language])
        expect(page.locator(".cells li")).to_have_count(16)
        page.locator("textarea").fill("Vi behöver hiss")
        page.locator(".button").click()
        expect(page.locator("[role=status]")).to_be_visible()
        expect(page.locator("textarea")).to_have_value("Vi behöver hiss")
        page.locator("button[value=hide]").click()
        expect(page.locator("button[value=show]")).to_be_visible()
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
