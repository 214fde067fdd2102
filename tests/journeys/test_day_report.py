"""A day's report in a real browser, wide and narrow: whole, without barriers, added up while it is typed, printed."""

import os
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from agencies.models import User
from motesplats.followup.reports.correct import correct_report
from motesplats.followup.reports.fill import fill_ended
from motesplats.followup.reports.lock import lock_report
from motesplats.followup.reports.numbers import DayNumbers
from motesplats.followup.reports.queries import numbers_of
from tests.factories.agencies import SiteDayFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory
from tests.factories.followup import typed_report
from tests.journeys.axe import found_by_axe
from tests.journeys.test_booking import sign_in
from tests.journeys.test_consent import is_whole
from tests.journeys.test_print import sheet

WOMEN = "[name=sex_age-F-18-64]"


def weekdays_before(day: date, number: int) -> list[date]:
    """So many weekdays before the day, the last one first."""
    found = (day - timedelta(days=n) for n in range(1, 60))
    return [one for one in found if one.weekday() < 5][:number]


@pytest.fixture
def days(caseworker: User, acting) -> list[date]:
    """Yesterday six families came; a week ago nobody locked; before that a report was corrected."""
    days, at, site = weekdays_before(timezone.localdate(), 6), timezone.now(), the_site()
    with acting(caseworker):
        for number, day in ((6, days[0]), (2, days[3])):
            site_day = SiteDayFactory(location=main_place(site), date=day)
            for _ in range(number):
                chain = ChainFactory(party=PartyFactory(registered_by=caseworker), site_day=site_day)
                MeetingFactory(chain=chain, checked_in_at=site_day.opens_at)
        for day in (days[1], days[2], days[4]):
            typed_report(site, day, caseworker)
        report = typed_report(site, days[5], caseworker, locked=False)
        report = lock_report(report=report, version=1, by=caseworker, at=at)
        was = numbers_of(report)
        numbers = DayNumbers(was.people, dict(was.totals) | {"no_shows": 2}, why="Familjen kom 11:30.")
        correct_report(report=report, numbers=numbers, version=report.version, by=caseworker, at=at)
    fill_ended(at=at)
    return days


def look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOKS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize(("width", "language"), [(1280, "sv"), (360, "sv"), (320, "en")])
def test_a_report_is_corrected_and_locked(walk, days, width, language):
    with walk(width, language) as page:
        page.goto("/day-reports/")
        sign_in(page)
        page.goto("/day-reports/")
        expect(page.locator(".todo > li")).to_have_count(2)
        is_whole(page)
        assert found_by_axe(page) == []
        look(page, f"day-reports-{width}")
        page.goto(f"/day-reports/norrkoping/{days[0]}/")
        expect(page.locator("h2 [data-total=sex_age]")).to_have_text("24")
        page.locator(WOMEN).fill("13")
        expect(page.locator("h2 [data-total=sex_age]")).to_have_text("25")
        expect(page.locator("td.changed")).to_have_count(1)
        expect(page.locator("td.differs")).to_have_count(1)
        is_whole(page)
        page.locator("[name=mode-main]").fill("25")
        expect(page.locator("td.differs")).to_have_count(0)
        page.locator("[name=why]").fill("En person hade inget brev med sig.")
        page.locator("[name=interpreting][value='3']").check()
        page.locator("[name=trouble][value=technology]").check()
        page.locator("[name=note]").fill("Skrivaren i rum 3 stod still 10:15–10:40.")
        assert found_by_axe(page) == []
        look(page, f"day-report-{width}")
        page.locator(".last button[value=lock]").click()
        expect(page.locator(".note.good")).to_be_visible()
        expect(page.locator(".report input")).to_have_count(0)
        is_whole(page)
        assert found_by_axe(page) == []
        look(page, f"day-report-locked-{width}")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, True), (360, False)])
def test_who_came_in_several_tracks_is_typed_within_each(walk_alone, caseworker, days, width, script):
    with walk_alone(width, "sv", script=script) as page:
        page.goto(f"/day-reports/norrkoping/{days[0]}/")
        sign_in(page)
        page.goto(f"/day-reports/norrkoping/{days[0]}/")
        expect(page.locator(".of-all")).to_be_visible()
        expect(page.locator(".of-track").first).to_be_hidden()
        page.locator("[name=track][value=several]").check()
        expect(page.locator(".of-all")).to_be_hidden()
        expect(page.locator(".of-track")).to_have_count(3)
        page.locator("[name=track_sex_age-2-M-18-64]").fill("3")
        if script:
            expect(page.locator("h2 [data-total=sex_age]")).to_have_text("27")
            expect(page.locator("[data-total=t2]")).to_have_text("3")
            assert found_by_axe(page) == []
            is_whole(page)
            look(page, f"day-report-tracks-{width}")
        page.locator("[name=mode-main]").fill("27")
        page.locator("[name=why]").fill("Tre kom utan kallelse.")
        page.locator(".last button[value=lock]").click()
        expect(page.locator(".note.good")).to_be_visible()
        expect(page.locator(".of-track")).to_have_count(2)
        if script:
            is_whole(page)
            look(page, f"day-report-tracks-locked-{width}")


@pytest.mark.parametrize(("width", "script"), [(1280, True), (360, True), (360, False)])
def test_a_site_that_types_says_that_it_was_not_open(walk_alone, caseworker, width, script):
    middle = (timezone.localdate().replace(day=1) - timedelta(days=45)).replace(day=15)
    [day] = weekdays_before(middle, 1)
    with walk_alone(width, "sv", script=script) as page:
        page.goto("/")
        sign_in(page)
        page.goto(f"/day-reports/norrkoping/{day}/")
        if script:
            assert found_by_axe(page) == []
        look(page, f"day-report-typed-{width}")
        page.locator("button[value=closed]").click()
        expect(page.locator(".note.good")).to_be_visible()
        expect(page.get_by_text("Mötesplatsen var inte öppen den dagen.")).to_be_visible()
        expect(page.locator(".report")).to_have_count(0)
        if script:
            is_whole(page)
            assert found_by_axe(page) == []
        look(page, f"day-report-not-open-{width}")
        page.goto("/day-reports/")
        expect(page.get_by_text("inte öppet den dagen")).to_be_visible()
        look(page, f"day-reports-not-open-{width}")


def test_a_report_without_script_says_what_does_not_agree(walk_alone, caseworker, days):
    with walk_alone(360, "sv", script=False) as page:
        page.goto(f"/day-reports/norrkoping/{days[0]}/")
        sign_in(page)
        page.goto(f"/day-reports/norrkoping/{days[0]}/")
        page.locator(WOMEN).fill("13")
        page.locator(".last button[value=lock]").click()
        expect(page.locator(".refused")).to_be_visible()
        expect(page.locator(WOMEN)).to_have_value("13")


def test_a_locked_report_is_printed_on_a_sheet(walk, days):
    with walk(1280, "sv") as page:
        page.goto("/day-reports/")
        sign_in(page)
        told = sheet(page, f"/day-reports/norrkoping/{days[5]}/")
        assert "Dagsrapport, Norrköping" in told
        assert "45" in told
