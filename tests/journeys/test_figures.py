"""The secretariat looks at its figures in a real browser, on a wide screen and on a telephone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agencies.models import User
from tests.factories.agencies import SiteDayFactory, UserFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, PartyFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole

BOOKED = {"norrkoping": 8, "malmo": 7, "orebro": 2}


@pytest.fixture
def secretariat(caseworker: User, acting) -> User:
    """Karin Öst has moved to the secretariat; this month three sites have parties, one of them two."""
    by, today = UserFactory(), timezone.localdate()
    User.objects.filter(pk=caseworker.pk).update(role="secretariat", agency=None)
    with acting(by):
        for code, number in BOOKED.items():
            day = SiteDayFactory(location=main_place(the_site(code)), date=today)
            for _ in range(number):
                ChainFactory(party=PartyFactory(registered_by=by), site_day=day)
    return caseworker


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (320, "sv")])
def test_the_secretariat_looks_at_a_year_and_at_a_quarter(walk, secretariat, width, language):
    quarter = str((timezone.localdate().month + 2) // 3)
    with walk(width, language) as page:
        page.goto("/")
        sign_in(page)
        expect(page.locator(".top > nav li")).to_have_count(4)
        expect(page.locator(".figs tbody tr")).to_have_count(3)
        expect(page.locator(".note")).to_be_visible()
        is_whole(page)
        december = page.locator(".figs tbody tr").first.locator("td").nth(11).bounding_box()
        assert december
        assert december["x"] + december["width"] <= width
        page.locator("#id_quarter").select_option(quarter)
        page.locator("#id_measure").select_option("people")
        page.locator("main button").click()
        expect(page.locator(".bars rect")).to_have_count(3)
        expect(page.locator("#id_quarter")).to_have_value(quarter)
        is_whole(page)
        page.goto("/figures/?measure=names")
        expect(page.locator("#id_measure_error")).to_be_visible()
        is_whole(page)
