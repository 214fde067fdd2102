"""A caseworker searches from the keyboard in a real browser, on a wide screen and on a telephone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agencies.models import User
from bookings.models import Party
from tests.factories.agencies import SiteDayFactory
from tests.factories.bookings import ChainFactory, NewcomerFactory, PartyFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole


@pytest.fixture
def party(caseworker: User, acting) -> Party:
    with acting(caseworker):
        party = PartyFactory(registered_by=caseworker, members=())
        NewcomerFactory(party=party, given_name="Omar", family_name="Al Hariri")
        ChainFactory(party=party, site_day=SiteDayFactory(date=timezone.localdate()))
        PartyFactory(registered_by=caseworker)
    return party


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_the_slash_leads_to_the_search_and_a_code_without_hyphen_opens(walk, party, width, language):
    code = party.reference
    with walk(width, language) as page:
        page.goto("/")
        sign_in(page)
        is_whole(page)
        page.keyboard.press("/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type(code.replace("-", "").lower())
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/parties/{code}/")
        page.locator("#q").fill("hariri")
        page.keyboard.press("Enter")
        expect(page.locator(".list tbody tr")).to_have_count(1)
        page.locator("#id_booked").select_option("no")
        page.locator(".bar button").click()
        expect(page.locator("#q")).to_have_value("hariri")
        is_whole(page)
        page.goto("/visits/?date=")
        is_whole(page)
        page.locator("#shortcut").click()
        expect(page.locator("#shortcut")).to_have_attribute("aria-pressed", "false")
        page.keyboard.press("/")
        expect(page.locator("#q")).not_to_be_focused()
