"""A coordinator opens a group, a caseworker puts a family in it, and holds another meeting by telephone."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.sites.rooms import add_room
from bookings.remote.allow import allow_forms
from tests.bookings.booking_steps import FIRST, ONE_DESK_EACH, book, open_days, register
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, main_place, the_site
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.signing_in import connect_app

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
PAGE = f"/groups/norrkoping/{FIRST}/"


@pytest.fixture
def chains(transactional_db, fresh_cache, acting):
    """Two families of a caseworker, on a day with three desks of each agency; AF meets by telephone as well."""
    with time_machine.travel(NOW, tick=True):
        open_days(FIRST, desks=dict.fromkeys(ONE_DESK_EACH, 3), interpreters={"ar": 3})
        add_room(location=main_place(the_site()), name="Eken")
        allow_forms(
            by_telephone=True,
            by_video=True,
            tool="https://video.example/af",
            by=ManagerFactory(agency="AF"),
            at=NOW,
        )
        by = UserFactory(username="karin")
        with acting(by):
            booked = [book(register(by), by, last=FIRST) for _ in range(2)]
        connect_app(by)
        connect_app(CoordinatorFactory(username="sam"))
        yield booked


def of_fk(page):
    """The value of a caseworker of Försäkringskassan."""
    options = page.locator("#open-caseworker option").filter(
        has_text=re.compile("Försäkringskassan|Social Insurance")
    )
    return options.first.get_attribute("value")


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_group_is_opened_and_a_family_put_in_it(chains, walk_alone, tmp_path, width, language):
    with walk_alone(width, language) as page:
        page.goto(PAGE)
        sign_in(page, "sam")
        page.goto(PAGE)
        is_whole(page)
        page.locator("#open-caseworker").select_option(of_fk(page))
        page.locator("#open-starts").fill("14:30")
        page.locator("#open-ends").fill("15:30")
        page.locator("#open-interpreter").select_option(index=1)
        page.locator("button[value=open]").click()
        expect(page.locator("[role=alert]").first).to_be_visible()
        is_whole(page)
        for tick in page.locator("[type=checkbox]").all():
            tick.check()
        page.locator("button[value=open]").click()
        expect(page.locator(".note.good")).to_be_visible()
        is_whole(page)
    with walk_alone(width, language) as page:
        page.goto(PAGE)
        sign_in(page, "karin")
        for _chain in chains:
            page.goto(PAGE)
            page.locator("button[value=add]").click()
            expect(page.locator(".note.good")).to_be_visible()
        is_whole(page)
        page.screenshot(path=tmp_path / f"groups-{width}-{language}.png", full_page=True)
        page.goto(f"/boards/norrkoping/{FIRST}/")
        expect(page.locator(".group a")).to_have_count(2)
        is_whole(page)
        page.screenshot(path=tmp_path / f"board-{width}-{language}.png", full_page=True)
        page.goto(f"/chains/{chains[0].reference}/")
        form = page.locator(".stops details:has([name=form])").first
        form.locator("summary").click()
        form.locator("[value=telephone]").check()
        is_whole(page)
        page.screenshot(path=tmp_path / f"chain-{width}-{language}.png", full_page=True)
        form.locator("button").first.click()
        expect(
            page.locator(".stops").get_by_text("elefon" if language == "sv" else "elephone").first
        ).to_be_visible()
        is_whole(page)
