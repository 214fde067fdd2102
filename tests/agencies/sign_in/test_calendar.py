"""The secret address of one's calendar: shown once, made anew, ended with the account."""

import re

import pytest
from django.test import Client
from icalendar import Calendar

from agencies.models import CalendarAddress
from agencies.staff.manage import close_staff
from tests.browser import browser_of, words_of
from tests.factories.agencies import ManagerFactory, UserFactory
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "fresh_cache")]
NEW = "/my-sign-in/calendar/"


def address_in(answer):
    (found,) = re.findall(r"/calendars/[\w-]{43}/shifts\.ics", answer.text)
    return found


@pytest.fixture
def berit():
    return UserFactory(username="berit")


def test_a_calendar_program_fetches_the_address_without_signing_in(berit):
    made = browser_of(berit).post(NEW)
    answer = Client().get(address_in(made))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(answer.content)["version"] == "2.0"
    assert "no-store" in answer["Cache-Control"]


def test_only_its_hash_is_kept_and_the_page_shows_it_no_more(berit):
    browser = browser_of(berit)
    key = address_in(browser.post(NEW)).split("/")[2]
    assert key not in str(CalendarAddress.objects.values_list().get())
    assert key not in browser.get("/my-sign-in/").text
    assert "End the address" in words_of(browser.get("/my-sign-in/"))


def test_a_new_address_ends_the_former_one(berit):
    browser = browser_of(berit)
    first, second = address_in(browser.post(NEW)), address_in(browser.post(NEW))
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    browser.post("/my-sign-in/calendar/end/")
    assert Client().get(second).status_code == 404


def test_it_ends_with_the_account(berit):
    address = address_in(browser_of(berit).post(NEW))
    close_staff(user=berit, by=ManagerFactory(), at=NOW)
    assert Client().get(address).status_code == 404
    assert not CalendarAddress.objects.exists()


def test_whoever_tries_addresses_has_to_wait(berit, settings):
    settings.LIMITS = settings.LIMITS | {"wrong-link-address": (2, 600)}
    tries = [Client().get(f"/calendars/{'x' * n}/shifts.ics").status_code for n in (43, 1, 43, 43)]
    assert tries == [404, 404, 429, 429]
