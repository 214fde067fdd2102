"""The secretariat lets a region join and be met, and sees before each press whom that touches; wide and narrow."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories.agencies import SecretariatFactory
from tests.journeys.test_booking import look, sign_in
from tests.signing_in import connect_app

KINDS = ("legal-bases", "holidays", "outcomes", "referrals", "consents")
REGION = {"code": "REG", "name_sv": "Region Östergötland", "title_sv": "Samtal om vård", "minutes": "30"}


@pytest.fixture
def office(transactional_db, fresh_cache) -> None:
    connect_app(SecretariatFactory(username="karin"))


def look_and_make(page: Page) -> None:
    """Press twice: what it touches, then the change."""
    page.get_by_role("button", name="Se vilka det rör").click()
    expect(page.locator("#preview")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Gör ändringen").click()
    expect(page.locator(".good")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_region_joins_and_is_met(office, walk_alone, width):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with walk_alone(width, "sv") as page:
        page.goto("/rules/")
        sign_in(page)
        look(page)
        page.get_by_role("link", name="Aktörer", exact=True).last.click()
        for name, text in REGION.items():
            page.locator(f"#id_{name}").fill(text)
        look_and_make(page)
        page.goto("/rules/attendance/?agency=REG")
        look(page)
        for track in page.locator("[name=tracks]").all():
            track.check()
        page.locator("#id_valid_from").fill(str(tomorrow))
        look_and_make(page)
        expect(page.get_by_role("row", name="Region Östergötland")).to_be_visible()
        page.goto("/agencies/REG/")
        expect(page.locator(".lacks")).to_be_visible()
        look(page)


def test_every_kind_has_a_page_without_a_barrier(office, walk_alone):
    with walk_alone(360, "en") as page:
        page.goto("/rules/")
        sign_in(page)
        for kind in KINDS:
            page.goto(f"/rules/{kind}/")
            look(page)
