"""A coordinator's roster in a real browser: open weeks, read in a file, cover an illness, close a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.models import Role
from tests.agencies.rosters.conftest import desk_of
from tests.factories.agencies import SiteDayFactory, UserFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, ClaimFactory, MeetingFactory, PartyFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.signing_in import connect_app

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
TUESDAY = date(2026, 12, 8)
WEEK = "/roster/norrkoping/2026-W50/"
HEAD = "date;site;location;agency;user;starts;ends;break_starts;break_ends;remote"
ROW = "2026-12-08;norrkoping;;FK;fk.berit;08:30;{};12:00;12:30;nej"


@pytest.fixture
def roster(transactional_db, fresh_cache, acting):
    """A Tuesday with five desks, one of which has three meetings, and a coordinator."""
    with time_machine.travel(NOW, tick=True):
        day = SiteDayFactory(location=main_place(the_site()), date=TUESDAY)
        owner = UserFactory(first_name="Karin", last_name="Öst")
        anna = UserFactory(agency="FK", username="fk.anna", first_name="Anna", last_name="Ek")
        UserFactory(agency="FK", username="fk.berit", first_name="Berit", last_name="Lund")
        others = [UserFactory(agency=code) for code in ("SKV", "AF", "KOM")]
        for user in (owner, anna, *others):
            shift = day.shifts.create(resource=desk_of(user), starts_at=day.opens_at, ends_at=day.closes_at)
            noon = day.opens_at + timedelta(hours=3, minutes=30)
            shift.breaks.create(starts_at=noon, ends_at=noon + timedelta(minutes=45))
        with acting(owner):
            for number in range(3):
                chain = ChainFactory(party=PartyFactory(registered_by=owner), site_day=day)
                starts = day.opens_at + timedelta(minutes=60 * number)
                ends = starts + timedelta(minutes=30)
                meeting = MeetingFactory(chain=chain, caseworker=anna, starts_at=starts, ends_at=ends)
                ClaimFactory(meeting=meeting)
        yield connect_app(UserFactory(agency=None, role=Role.COORDINATOR, username="karin"))


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "sv")])
def test_a_coordinator_opens_weeks_covers_an_illness_and_closes_a_day(roster, walk_alone, width, language):
    with walk_alone(width, language) as page:
        page.goto("/roster/norrkoping/pattern/")
        sign_in(page)
        page.locator("[name=weekday]").select_option("4")
        page.locator("[name=people][value='fk.berit']").check()
        is_whole(page)
        page.locator("button.main").click()
        expect(page.locator(".note.good")).to_be_visible()
        page.goto(WEEK)
        is_whole(page)
        page.locator(".drop summary").first.click()
        page.locator("#weeks-first").fill("2026-12-07")
        page.locator("#weeks-last").fill("2026-12-31")
        is_whole(page)
        page.locator("button[value=weeks]").click()
        expect(page.locator(".results li")).to_have_count(4)
        page.goto(f"{WEEK}?person=fk.anna&day=2026-12-08#edit")
        expect(page.locator("#edit")).to_be_focused()
        is_whole(page)
        page.locator("button[value=absent]").click()
        is_whole(page)
        page.locator("button[value='fk.berit']").click()
        expect(page.locator(".fix")).to_have_count(0)
        page.goto(f"{WEEK}?on=2026-12-10#on-day")
        is_whole(page)
        page.locator("button[value=close]").click()
        expect(page.locator(".note.good")).to_be_visible()
        page.goto(f"{WEEK}?on=2026-12-08#on-day")
        page.locator("button[value=close]").click()
        expect(page.locator("[role=alert]")).to_be_visible()
        is_whole(page)


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_file_with_one_wrong_row_is_read_in_when_it_is_right(roster, walk_alone, tmp_path, width, language):
    wrong, right = tmp_path / "wrong.csv", tmp_path / "right.csv"
    for file, ends in ((wrong, "12:60"), (right, "15:00")):
        file.write_text("\r\n".join([HEAD, ROW.format(ends)]), "utf-8-sig")
    with walk_alone(width, language) as page:
        page.goto("/roster/norrkoping/import/")
        sign_in(page)
        is_whole(page)
        page.locator("[type=file]").set_input_files(wrong)
        page.locator("button.main").click()
        expect(page.locator(".bad-cell input")).to_have_value("12:60")
        is_whole(page)
        page.locator("[type=file]").set_input_files(right)
        page.locator("form[enctype] button").click()
        expect(page.locator("[name=seen]")).to_be_attached()
        is_whole(page)
        page.locator("button.main").click()
        expect(page.locator("[id='fk.berit-2026-12-08'] .shift")).to_have_count(1)


def test_the_week_is_walked_by_arrow_keys(roster, walk_alone):
    with walk_alone(1280, "en") as page:
        page.goto(WEEK)
        sign_in(page)
        cells = page.locator(".lane a")
        cells.first.focus()
        page.keyboard.press("ArrowDown")
        expect(cells.nth(1)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#edit")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#edit")).to_have_count(0)
