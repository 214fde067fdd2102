"""The secretariat opens the published calculation, changes a number, saves it and compares: wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.factories.agencies import SecretariatFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.signing_in import connect_app


@pytest.fixture
def secretariat(transactional_db, fresh_cache):
    return connect_app(SecretariatFactory(username="karin", first_name="Karin", last_name="Öst"))


def unfold(page):
    """The groups are folded on a narrow screen only."""
    for group in page.locator("details.group").all():
        summary = group.locator("summary")
        if summary.is_visible() and group.get_attribute("open") is None:
            summary.click()


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "sv"), (320, "en")])
def test_the_secretariat_reckons_saves_and_compares(secretariat, walk_alone, width, language, tmp_path):
    with walk_alone(width, language) as page:
        page.goto("/followup/benefit/")
        sign_in(page)
        is_whole(page)
        page.screenshot(path=tmp_path / "list.png", full_page=True)
        page.locator(".calculations a[href*=liva]").click()
        expect(page.locator(".sums b").first).to_contain_text("2,75")
        expect(page.locator(".sums b").nth(1)).to_contain_text("1,53")
        expect(page.locator(".rings:visible")).to_have_count(3)
        is_whole(page)
        page.screenshot(path=tmp_path / "liva.png", full_page=True)
        unfold(page)
        page.locator("#id_payback_years").fill("40")
        page.locator("main form .btn.main").click()
        expect(page.locator("#id_payback_years_error")).to_be_visible()
        expect(page.locator("#id_payback_years")).to_have_value("40")
        expect(page.locator("#id_participants")).to_have_value("14")
        is_whole(page)
        page.screenshot(path=tmp_path / "wrong.png", full_page=True)
        unfold(page)
        page.locator("#id_payback_years").fill("5")
        page.locator("main form .btn.main").click()
        expect(page.locator(".sums b").nth(1)).to_contain_text("0,92")
        assert "payback_years=5" in page.url
        page.locator("#id_title").fill("Fem år")
        page.locator("button[name=save]").click()
        expect(page.locator("h1")).to_have_text("Fem år")
        page.goto("/followup/benefit/")
        for box in page.locator(".calculations input").all():
            box.check()
        page.locator("main form .btn").last.click()
        expect(page.locator(".figs thead th")).to_have_count(5)
        is_whole(page)
        page.screenshot(path=tmp_path / "compare.png", full_page=True)
