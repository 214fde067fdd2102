"""A caseworker types another time for one meeting, and sees while typing whether it works."""

from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import expect

from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import UserFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.moment import NOW
from tests.signing_in import connect_app


@pytest.fixture
def chain(transactional_db, fresh_cache, acting):
    with time_machine.travel(datetime(2026, 11, 23, 8, tzinfo=UTC), tick=True):
        karin = UserFactory(username="karin", first_name="Karin", last_name="Öst")
        open_days(FIRST, interpreters={"ar": 2})
        with acting(karin):
            chain = book(register(karin), karin, at=NOW, last=FIRST)
        connect_app(karin)
        yield chain


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_time_is_checked_while_it_is_typed(chain, walk_alone, width, language, tmp_path):
    with walk_alone(width, language) as page:
        page.goto("/")
        sign_in(page)
        page.goto(f"/chains/{chain.reference}/move/?meeting=FK")
        page.locator("#starts").press_sequentially("06:00")
        expect(page.locator("#found")).to_contain_text("06:00")
        assert "starts=" not in page.url
        is_whole(page)
        page.screenshot(path=tmp_path / f"one-time-{width}-{language}.png", full_page=True)
