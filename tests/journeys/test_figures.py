"""The secretariat looks at the country's figures, wide and narrow, and goes down to a site and a track."""

import pytest
import time_machine
from playwright.sync_api import expect

from tests.factories.agencies import SecretariatFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.moment import NOW
from tests.motesplats.followup.dashboard.conftest import make_country
from tests.signing_in import connect_app

PAGE = "/figures/"


@pytest.fixture
def secretariat(transactional_db, fresh_cache, acting):
    """Signs in as the office; the country has three months of reports."""
    with time_machine.travel(NOW, tick=True):
        make_country(acting)
        yield connect_app(SecretariatFactory(username="karin"))


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "sv"), (360, "en")])
def test_from_the_country_to_a_site_and_a_track(secretariat, walk_alone, tmp_path, width, language):
    with walk_alone(width, language) as page:
        page.goto(PAGE)
        sign_in(page)
        page.goto(PAGE)
        expect(page.locator("#sites")).to_be_visible()
        is_whole(page)
        page.screenshot(path=tmp_path / f"figures-{width}-{language}.png", full_page=True)
        page.locator(".sites tbody a", has_text="Malmö").click()
        expect(page.locator("h1")).to_contain_text("Malmö")
        page.locator("[name=track]").select_option("1")
        page.locator("form.bar button").click()
        expect(page.locator(".chosen a")).to_have_count(2)
        is_whole(page)
        page.screenshot(path=tmp_path / f"site-{width}-{language}.png", full_page=True)
        page.locator("[name=mode]").select_option("main")
        page.locator("form.bar button").click()
        expect(page.locator("[aria-invalid=true]")).to_be_visible()
        is_whole(page)
