"""Said at the desk and told to the coordinator: how well people understood each other; and who is not wished for."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.models import Role
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import SiteDayFactory, UserFactory
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory, UnderstandingFactory
from tests.factories.interpreters import InterpreterFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.moment import NOW as BOOKED_AT
from tests.signing_in import connect_app

NOON = datetime(2026, 12, 8, 11, tzinfo=UTC)


@pytest.fixture
def family(transactional_db, fresh_cache, acting):
    """Karin meets a family with an interpreter this morning."""
    with time_machine.travel(NOON, tick=True):
        karin = UserFactory(username="karin", first_name="Karin", last_name="Öst")
        open_days(FIRST, interpreters={"ar": 2})
        with acting(karin):
            chain = book(register(karin), karin, at=BOOKED_AT, last=FIRST)
            chain.meetings.filter(caseworker=karin).update(attendance="done", checked_in_at=NOON)
        connect_app(karin)
        yield chain


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "sv"), (360, "en")])
def test_a_caseworker_says_how_it_went_and_notes_a_wish(family, walk_alone, width, language, tmp_path):
    with walk_alone(width, language) as page:
        page.goto("/")
        sign_in(page)
        page.locator(".understood summary").click()
        is_whole(page)
        page.screenshot(path=tmp_path / "today.png", full_page=True)
        page.locator(".understood select").select_option("dialect")
        page.locator(".understood button[value=partly]").click()
        expect(page.locator(".understood summary")).to_contain_text(
            "dialekt" if language == "sv" else "dialect"
        )
        page.goto(f"/chains/{family.reference}/")
        page.locator("form[action*=unwanted] button").click()
        expect(page.locator("button[value=undo]")).to_be_visible()
        is_whole(page)
        page.screenshot(path=tmp_path / "chain.png", full_page=True)


@pytest.fixture
def answers(transactional_db, fresh_cache, acting):
    """Twenty answers of Arabic on site, five on screen; a coordinator."""
    with time_machine.travel(NOON, tick=True):
        day = SiteDayFactory(date=FIRST - timedelta(days=7))
        by, tolk, remote = UserFactory(), InterpreterFactory(), InterpreterFactory(remote=True)
        tolk.masteries.update(dialect="levantinsk")
        with acting(by):
            for n in range(25):
                on = tolk if n < 20 else remote
                chain = ChainFactory(party=PartyFactory(registered_by=by), site_day=day, interpreter=on)
                met = MeetingFactory(chain=chain, caseworker=by, attendance="done", checked_in_at=NOON)
                why = {"degree": "partly", "why": "sound"} if n % 3 == 0 else {"degree": "yes"}
                UnderstandingFactory(meeting=met, **why)
        connect_app(UserFactory(agency=None, role=Role.COORDINATOR, username="karin"))
        yield


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "sv"), (1280, "en")])
def test_a_coordinator_reads_what_was_understood(answers, walk_alone, width, language, tmp_path):
    with walk_alone(width, language) as page:
        page.goto("/understanding/")
        sign_in(page)
        expect(page.locator("tbody tr")).to_have_count(2)
        is_whole(page)
        page.screenshot(path=tmp_path / "understanding.png", full_page=True)
        page.goto("/interpreters/")
        is_whole(page)
        page.screenshot(path=tmp_path / "pool.png", full_page=True)
        page.locator("tbody a").first.click()
        is_whole(page)
        page.screenshot(path=tmp_path / "edit.png", full_page=True)
