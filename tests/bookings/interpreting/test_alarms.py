"""What has no interpreter 48 hours before is told where the coordinator starts, on the week and on the day."""

from datetime import timedelta

import pytest

from bookings.interpreting.alarms import alarms
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.browser import browser_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    ThresholdFactory,
    UserFactory,
    the_site,
)
from tests.factories.bookings import ChainOrderFactory
from tests.factories.interpreters import InterpreterOrderFactory

pytestmark = pytest.mark.django_db
WORDS = "within 48 hours has no interpreter"
WEEK = "/roster/norrkoping/2026-W50/"


@pytest.fixture
def day(db):
    return open_days(FIRST)[0]


@pytest.fixture
def order(acting, coordinator, agreement, day):
    with acting(coordinator):
        return InterpreterOrderFactory(agreement=agreement, site_day=day)


def hours_before(day, hours):
    return day.opens_at - timedelta(hours=hours)


def test_an_order_that_nobody_has_confirmed_is_told_from_48_hours_before(acting, coordinator, day, order):
    sites = [the_site()]
    with acting(coordinator):
        assert alarms(sites, at=hours_before(day, 49)) == []
        [alarm] = alarms(sites, at=hours_before(day, 48))
        assert (alarm.reference, alarm.state, alarm.hours_left) == (order.reference, "förfrågad", 48)
        assert alarms([the_site("malmo")], at=hours_before(day, 48)) == []
        order.state = "confirmed"
        order.save()
        assert alarms(sites, at=hours_before(day, 3)) == []


def test_how_long_before_it_is_told_is_a_threshold(acting, coordinator, day, order):
    ThresholdFactory(code="alarm_hours", value=72)
    with acting(coordinator):
        assert alarms([the_site()], at=hours_before(day, 73)) == []
        [alarm] = alarms([the_site()], at=hours_before(day, 72))
    assert (alarm.hours_left, alarm.within) == (72, 72)


def test_a_chain_from_outside_is_told_until_an_order_serves_it(acting, coordinator, agreement, day):
    by = UserFactory()
    with acting(by):
        chain = book(register(by, language="ti"), by, last=FIRST)
        first = chain.meetings.earliest("starts_at").starts_at
    with acting(coordinator):
        [alarm] = alarms([the_site()], at=hours_before(day, 20))
        assert (alarm.reference, alarm.language, alarm.starts_at) == ("", "tir", first)
        order = InterpreterOrderFactory(agreement=agreement, site_day=day, language="tir", state="declined")
        ChainOrderFactory(chain_id=chain.pk, order=order)
        assert {one.reference for one in alarms([the_site()], at=hours_before(day, 20))} == {
            "",
            order.reference,
        }
        order.state = "confirmed"
        order.save()
        assert alarms([the_site()], at=hours_before(day, 20)) == []


def test_the_coordinators_start_page_and_the_week_tell_it(coordinator, day, order, clock):
    browser = browser_of(coordinator)
    assert WORDS not in browser.get("/").text
    assert WORDS not in browser.get(WEEK).text
    clock.move_to(hours_before(day, 47))
    browser = browser_of(coordinator)
    for page in ("/", WEEK):
        text = browser.get(page).text
        assert WORDS in text, page
        assert f"/interpreters/norrkoping/{FIRST}/?order={order.reference}" in text
    assert WORDS not in browser.get("/roster/norrkoping/2026-W51/").text


def test_a_manager_is_told_of_the_own_agencys_orders_and_a_caseworker_of_none(day, order, clock):
    clock.move_to(hours_before(day, 47))
    assert WORDS in browser_of(ManagerFactory()).get("/").text
    assert WORDS not in browser_of(ManagerFactory(agency="AF")).get("/").text
    assert WORDS not in browser_of(UserFactory()).get("/").text
    assert WORDS not in browser_of(CoordinatorFactory(sites=[the_site("malmo")])).get("/").text


@pytest.mark.parametrize("number", [1, 3])
def test_however_many_lack_one_it_takes_four_queries(
    acting, coordinator, agreement, day, number, django_assert_num_queries
):
    sites = [the_site()]
    with acting(coordinator):
        for _ in range(number):
            InterpreterOrderFactory(agreement=agreement, site_day=day)
        with django_assert_num_queries(4):
            assert len(alarms(sites, at=hours_before(day, 1))) == number
