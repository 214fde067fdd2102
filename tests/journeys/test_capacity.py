"""A coordinator reads in a forecast, sees which weeks lack room and follows suggestions to the week and to a merge."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from agencies.models import Municipality, SiteDay
from agencies.rosters.shifts import DayNotOpened, Duty, add_shifts, open_day
from bookings.capacity.expect import Numbers
from bookings.capacity.expect import expect as say
from bookings.models import Forecast
from tests.agencies.rosters.conftest import desk_of
from tests.factories.agencies import CoordinatorFactory, UserFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.signing_in import connect_app

NOW = datetime(2026, 12, 7, 7, tzinfo=UTC)
MONDAY = date(2026, 12, 7)
PAGE = "/capacity/norrkoping/"
FILE = "municipality;month;lowest;likely;highest;source\r\n0581;2027-02;{};90;110;Migrationsverket"


@pytest.fixture
def site(transactional_db, fresh_cache, acting):
    """Three days a week with a desk of each agency, a forecast for three months, and families in the first weeks."""
    with time_machine.travel(NOW, tick=True):
        coordinator = CoordinatorFactory(username="karin")
        desks = [desk_of(UserFactory(agency=code)) for code in ("SKV", "FK", "AF", "KOM")]
        owner = UserFactory(agency="MIG")
        for week in range(10):
            for weekday in range(1, 4):
                _open(MONDAY + timedelta(days=7 * week + weekday), desks)
        with acting(owner):
            for week, number in enumerate((9, 4, 3, 0, 2)):
                days = list(
                    SiteDay.objects.filter(date__gte=MONDAY + timedelta(days=7 * week)).order_by("date")[:3]
                )
                for n in range(number):
                    ChainFactory(party=PartyFactory(registered_by=owner), site_day=days[n % 3])
            for month, number in ((date(2026, 10, 1), 11), (date(2026, 11, 1), 7)):
                day = SiteDay.objects.create(
                    location=main_place(the_site()),
                    date=month,
                    opens_at=NOW.replace(year=2026, month=month.month),
                    closes_at=NOW.replace(year=2026, month=month.month, hour=15),
                )
                for _ in range(number):
                    chain = ChainFactory(party=PartyFactory(registered_by=owner), site_day=day)
                    MeetingFactory(chain=chain, checked_in_at=day.opens_at, checked_in_by=owner)
        _forecast(coordinator)
        yield connect_app(coordinator)


def _open(day, desks):
    try:
        site_day = open_day(location=main_place(the_site()), day=day)
    except DayNotOpened:
        return
    lunch = time(12), time(12, 45)
    add_shifts(site_day=site_day, duties=[Duty(desk, lunch=lunch, travel_minutes=45) for desk in desks])


def _forecast(coordinator):
    homes = {one.code: one for one in Municipality.objects.filter(site=the_site())}
    first = homes["0581"]
    numbers = {date(2026, 12, 1): (50, 60, 75), date(2027, 1, 1): (210, 330, 420)}
    rows = [Numbers(first, month, *span, "Migrationsverket") for month, span in numbers.items()]
    say(site=the_site(), numbers=rows, by=coordinator, at=NOW)
    for month, span in ((date(2026, 10, 1), (30, 38, 45)), (date(2026, 11, 1), (30, 36, 45))):
        Forecast.objects.create(
            municipality=first,
            month=month,
            said_on=month - timedelta(days=9),
            lowest=span[0],
            likely=span[1],
            highest=span[2],
            said_by=coordinator,
            said_at=NOW,
        )


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "en")])
def test_a_coordinator_sees_what_is_lacking_and_follows_a_suggestion(
    site, walk_alone, tmp_path, width, language
):
    with walk_alone(width, language) as page:
        page.goto(PAGE)
        sign_in(page)
        page.goto(PAGE)
        expect(page.locator(".sug").first).to_be_visible()
        is_whole(page)
        page.screenshot(path=tmp_path / f"capacity-{width}-{language}.png", full_page=True)
        page.goto(f"{PAGE}?month=2027-01#forecast")
        page.locator("#m-likely-0581").fill("9")
        page.locator("#forecast button.main").click()
        expect(page.locator(".say")).to_be_visible()
        is_whole(page)
        page.goto(f"{PAGE}import/")
        is_whole(page)
        for lowest in ("x", "70"):
            file = {"name": "p.csv", "mimeType": "text/csv", "buffer": FILE.format(lowest).encode()}
            page.locator("[name=file]").set_input_files(file)
            page.locator("main button").click()
            is_whole(page)
        expect(page.locator(".note.good")).to_be_visible()
        page.locator(".sug .btn[href*='/roster/']").first.click()
        expect(page.locator("#on-day")).to_be_visible()
        is_whole(page)
        page.screenshot(path=tmp_path / f"week-{width}-{language}.png", full_page=True)
        page.goto(PAGE)
        page.locator(".sug .btn[href*='/closing/']").first.click()
        expect(page.locator("#merge")).to_be_visible()
        is_whole(page)
        page.screenshot(path=tmp_path / f"merge-{width}-{language}.png", full_page=True)
        page.locator("#merge button").click()
        expect(page.locator(".note.good")).to_be_visible()
        is_whole(page)
