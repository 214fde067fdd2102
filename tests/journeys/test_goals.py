"""The secretariat reads goals, results and handling times in a real browser; everybody the open data."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agencies.models import User
from motesplats.demo.series import fill_handling_times, fill_series
from tests.factories.agencies import CoordinatorFactory, the_site
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole

PAGES = {
    "goals": "/goals/",
    "new-goal": "/goals/new/",
    "series": "/goals/series/permits/",
    "import-series": "/goals/series/import/",
    "results": "/results/",
    "import": "/results/import/",
    "handling": "/handling-times/",
    "country": "/handling-times/country/",
    "open-data": "/open-data/",
}


@pytest.fixture
def secretariat(caseworker: User) -> User:
    """Karin Öst has moved to the secretariat; the demo's goal, figures and handling times are here."""
    User.objects.filter(pk=caseworker.pk).update(role="secretariat", agency=None)
    for code in ("norrkoping", "malmo", "kalmar"):
        CoordinatorFactory(sites=[the_site(code)])
    fill_series(at=timezone.now())
    fill_handling_times(at=timezone.now() - timedelta(days=1))
    return caseworker


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "sv"), (320, "en")])
def test_every_page_is_whole(walk, secretariat, width, language, tmp_path):
    with walk(width, language) as page:
        page.goto("/")
        sign_in(page)
        for name, address in PAGES.items():
            page.goto(address)
            is_whole(page)
            page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        page.goto("/results/")
        expect(page.locator("section").first.locator("tbody tr")).to_have_count(3)
        expect(page.locator("tfoot td").first).to_contain_text("24")
        page.goto("/handling-times/")
        wide, narrow = page.locator("svg.only-wide").first, page.locator("svg.only-narrow").first
        expect(wide if width > 640 else narrow).to_be_visible()
        expect(narrow if width > 640 else wide).to_be_hidden()
        file = page.request.get("/open-data/v1/figures.csv")
        assert file.text().startswith("measure,year,month,site")
        page.goto("/goals/new/")
        page.locator("form.form button").click()
        expect(page.locator(".say").first).to_be_visible()
        is_whole(page)
