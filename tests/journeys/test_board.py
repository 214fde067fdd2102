"""A coordinator's board and a host's tablet on the day itself, in a real browser."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.models import Role
from bookings.models import Chain
from tests.factories.agencies import SiteDayFactory, UserFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.signing_in import connect_app

MORNING = datetime(2026, 12, 8, 7, 25, tzinfo=UTC)
BOARD = "/boards/norrkoping/2026-12-08/"
FAMILIES = 10


@pytest.fixture
def morning(transactional_db, fresh_cache):
    with time_machine.travel(MORNING, tick=True):
        yield


@pytest.fixture
def letters(morning, acting) -> list[str]:
    """Ten families come between 08:30 and 10, each to two desks; the codes of their letters."""
    owner, other = UserFactory(), UserFactory(agency="SKV")
    day = SiteDayFactory(location=main_place(the_site()), date=MORNING.date())
    with acting(owner):
        chains = [_family(owner, other, day, number) for number in range(FAMILIES)]
        return [chain.reference for chain in chains]


def _family(owner, other, day, number) -> Chain:
    chain = ChainFactory(party=PartyFactory(registered_by=owner), site_day=day)
    for met, after in ((owner, 0), (other, 30)):
        starts = day.opens_at + timedelta(minutes=10 * number + after)
        MeetingFactory(chain=chain, caseworker=met, starts_at=starts, ends_at=starts + timedelta(minutes=10))
    return chain


def person(role, name):
    return connect_app(UserFactory(agency=None, role=role, username=name))


def test_a_host_receives_ten_families_by_their_codes_on_a_tablet(letters, walk_alone):
    person(Role.HOST, "karin")
    with walk_alone(768, "sv") as page:
        page.goto(f"{BOARD}arrivals/")
        sign_in(page)
        is_whole(page)
        for number, code in enumerate(letters, start=1):
            expect(page.locator("#code")).to_be_focused()
            page.keyboard.type(code.replace("-", "+").lower())
            page.keyboard.press("Enter")
            expect(page.locator(".came h2")).to_have_text("Framme")
            expect(page.locator(".count dd").first).to_have_text(str(number))
        is_whole(page)
        page.keyboard.type(letters[0])
        page.keyboard.press("Enter")
        expect(page.locator(".came h2")).to_have_text("Redan framme. Inget har ändrats.")
        page.keyboard.type("AAA")
        page.keyboard.press("Enter")
        expect(page.locator("[role=alert]")).to_contain_text("Ingen kallelse hit har den koden")
        expect(page.locator("#code")).to_have_value("AAA")


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (768, "sv"), (320, "sv")])
def test_a_coordinator_sees_the_day_opens_a_stop_and_records_it(letters, walk_alone, width, language):
    person(Role.COORDINATOR, "karin")
    with walk_alone(width, language) as page:
        page.goto(BOARD)
        sign_in(page)
        is_whole(page)
        page.locator("[data-stop]").first.click()
        expect(page.locator("#stop")).to_be_focused()
        is_whole(page)
        page.locator("#stop button[value^=arrived]").click()
        expect(page.locator("#stop button[name=undo]")).to_be_visible()
        expect(page.locator(".lane .arrived")).to_have_count(1)
        is_whole(page)


def test_the_board_is_walked_by_arrow_keys_and_stays_fresh(letters, walk_alone):
    person(Role.COORDINATOR, "karin")
    with walk_alone(1280, "en") as page:
        page.goto(BOARD)
        sign_in(page)
        stops = page.locator(".lane").first.locator("[data-stop]")
        stops.first.focus()
        page.keyboard.press("ArrowRight")
        expect(stops.nth(1)).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator(".lane").nth(1).locator("[data-stop]:focus")).to_have_count(1)
        with page.expect_response("**/live/") as answer:
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert answer.value.status == 200
        expect(page.locator("[data-stop]:focus")).to_have_count(1)
