"""A caseworker records how a party comes, in a real browser, wide and narrow, in both languages."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bookings.models import Chain
from tests.factories.agencies import SiteDayFactory, UserFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole


@pytest.fixture
def today(caseworker, acting) -> Chain:
    """The caseworker's party comes today, to the own desk and to another agency's."""
    other = UserFactory(agency="SKV")
    with acting(caseworker):
        day = SiteDayFactory(location=main_place(the_site()), date=timezone.localdate())
        chain = ChainFactory(party=PartyFactory(registered_by=caseworker), site_day=day)
        for met in (caseworker, other):
            MeetingFactory(chain=chain, caseworker=met)
        return chain


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (320, "sv")])
def test_a_party_is_checked_in_and_that_is_undone_on_the_days_page(walk, today, width, language):
    with walk(width, language) as page:
        page.goto(f"/chains/{today.reference}/")
        sign_in(page)
        expect(page.locator("button[value=began]")).to_have_count(2)
        for clock in page.locator(".stops .clock").all():
            assert clock.evaluate("it => it.scrollWidth <= it.clientWidth")
        is_whole(page)
        page.locator("button[value=began]").first.click()
        expect(page.locator("button[name=undo]")).to_have_count(1)
        is_whole(page)
        page.locator("button[name=undo]").click()
        expect(page.locator("button[value=began]")).to_have_count(2)
        page.locator("button[value=no_show]").last.click()
        expect(page.locator("button[name=undo]")).to_have_attribute("value", "no_show")
