"""The secretariat looks at the country's figures, wide and narrow, and goes down to a site and a track."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from agencies.secrecy.context import acting_as
from motesplats.followup.history.published import import_published
from motesplats.followup.viewer import FIGURES
from motesplats.models import HandlingQuarter
from tests.factories.agencies import SecretariatFactory, the_site
from tests.factories.followup import counted_figures
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
        make_the_rest()
        yield connect_app(SecretariatFactory(username="karin"))


def make_the_rest() -> None:
    """What only some sites have: hours, expected persons, agencies, stops; handling times, the report's results."""
    import_published(at=timezone.now())
    counted_figures(
        the_site("malmo"),
        date(2026, 10, 1),
        {
            ("capacity_hours", "", ""): (60, 0, 0),
            ("inflow_persons", "", ""): (40, 0, 0),
            ("persons_per_staff_hour", "", ""): (80, 40, 80),
            ("persons_met", "agency", "SKV"): (80, 0, 80),
            ("hours_given", "agency", "SKV"): (1200, 0, 80),
            ("agency_no_shows", "agency", "SKV"): (12, 0, 12),
            ("idle_share", "agency", "SKV"): (900, 1200, 80),
            ("consent_share", "agency", "SKV"): (70, 80, 80),
            ("chains_stopped", "", ""): (12, 0, 12),
            ("chains_stopped", "why", "interpreter"): (12, 0, 12),
        },
    )
    bands = {"days_1_7": 60, "days_8_30": 30, "days_over_30": 10, "total": 100}
    with acting_as(FIGURES):
        HandlingQuarter.objects.create(scope="sites", year=2026, quarter=3, told_at=NOW, **bands)


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "sv"), (320, "en")])
def test_from_the_country_to_a_site_and_a_track(secretariat, walk_alone, tmp_path, width, language):
    with walk_alone(width, language) as page:
        page.goto(PAGE)
        sign_in(page)
        page.goto(PAGE)
        expect(page.locator("#sites")).to_be_visible()
        for section in ("capacity", "handling-times", "stops", "agencies", "results"):
            expect(page.locator(f"#{section}")).to_be_visible()
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
