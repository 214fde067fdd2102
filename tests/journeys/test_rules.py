"""The secretariat lets a region join and be met, and sees before each press whom that touches; wide and narrow."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories.agencies import SecretariatFactory, ThresholdFactory
from tests.journeys.test_booking import look, sign_in
from tests.signing_in import connect_app

KINDS = (
    "attendance",
    "orders",
    "legal-bases",
    "agencies",
    "holidays",
    "outcomes",
    "referrals",
    "consents",
    "thresholds",
)
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


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_every_kind_has_a_page_without_a_barrier(office, walk_alone, width, language):
    ThresholdFactory(code="link_days", value=60, valid_from=date(2024, 3, 1))
    with walk_alone(width, language) as page:
        page.goto("/rules/")
        sign_in(page)
        look(page)
        for kind in KINDS:
            page.goto(f"/rules/{kind}/")
            for summary in page.locator("main summary").all():
                summary.click()
            look(page)
            if kind != "agencies":
                page.locator("#id_on").fill("2024-02-29")
                page.locator("#id_on").press("Enter")
                expect(page.locator("main h2").first).to_contain_text("2024-02-29")
                look(page)


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "sv")])
def test_a_text_is_marked_as_checked_and_its_page_says_by_whom(office, walk_alone, width, language):
    with walk_alone(width, language) as page:
        page.goto("/rules/outcomes/")
        sign_in(page)
        page.locator("table a").first.click()
        look(page)
        address = page.url
        page.locator("#id_name_ti").fill("ደሓር")
        page.locator("#id_state_ti").select_option("checked")
        page.locator(".btn.main").click()
        expect(page.locator(".good")).to_be_visible()
        page.goto(address)
        expect(page.locator("fieldset").last).to_contain_text(str(timezone.localdate()))
        look(page)
        page.locator("#id_name_sv").fill("")
        page.locator(".btn.main").click()
        expect(page.locator("#id_name_sv_error")).to_be_visible()
        look(page)


@pytest.mark.parametrize(("width", "language"), [(360, "en"), (1280, "sv")])
def test_a_threshold_is_looked_at_and_said(office, walk_alone, width, language):
    with walk_alone(width, language) as page:
        page.goto("/rules/thresholds/")
        sign_in(page)
        page.locator("#id_value").fill("72")
        page.locator("#id_code").select_option("alarm_hours")
        page.locator("#id_valid_from").fill(str(timezone.localdate() + timedelta(days=1)))
        page.locator("button[value=look]").click()
        expect(page.locator("#preview")).to_be_visible()
        look(page)
        page.locator("button[value=make]").click()
        expect(page.get_by_role("row").filter(has_text="72")).to_be_visible()
        page.locator("#id_value").fill("0")
        page.locator("button[value=look]").click()
        expect(page.locator("#id_valid_from_error")).to_be_visible()
        look(page)
