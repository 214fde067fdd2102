"""A place is emptied before it closes: counted, asked for, seen by whoever has to move, called off."""

from datetime import date

import pytest

from agencies.models import Site, SiteDay
from agencies.rosters.who import SiteNotYours
from agencies.sites.ahead import SiteIsBooked
from agencies.sites.change import set_state
from agencies.web.roles import NotForYourRole
from bookings.chains.book import move_chain
from bookings.closing.ahead import days_ahead
from bookings.closing.ask import NothingToMove, ask_to_move, call_off_empty_days
from bookings.models import Chain, Event
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, main_place, the_site
from tests.factories.bookings import ChainFactory, PartyFactory
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/closing/norrkoping/"


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def coordinator(db):
    return CoordinatorFactory()


@pytest.fixture
def chain(by, acting):
    open_days(FIRST, SECOND)
    with acting(by):
        return book(register(by), by, last=FIRST)


def place():
    return main_place(the_site())


def ask(by, first=FIRST, last=FIRST):
    return ask_to_move(place=place(), first=first, last=last, by=by, at=NOW)


def test_what_is_booked_is_counted_by_day_and_names_nobody(chain, coordinator, acting):
    with acting(coordinator):
        first, second = days_ahead(place(), at=NOW)
    assert (first.booked, first.asked) == (1, 0)
    assert (second.booked, second.asked) == (0, 0)


@pytest.mark.parametrize("factory", [UserFactory, ManagerFactory])
def test_others_see_no_counts_and_ask_nobody(chain, factory, acting):
    other = factory()
    with acting(other):
        assert [day.booked for day in days_ahead(place(), at=NOW)] == [0, 0]
        with pytest.raises(NotForYourRole):
            ask(other)


def test_another_sites_coordinator_sees_and_asks_nothing(chain, acting):
    elsewhere = CoordinatorFactory(sites=[the_site("malmo")])
    with acting(elsewhere):
        assert [day.booked for day in days_ahead(place(), at=NOW)] == [0, 0]
        with pytest.raises(SiteNotYours):
            ask(elsewhere)


def test_who_is_asked_sees_it_moves_the_day_and_the_place_can_close(chain, coordinator, by, acting):
    with acting(coordinator):
        assert ask(coordinator) == 1
        with pytest.raises(NothingToMove):
            ask(coordinator)
        assert days_ahead(place(), at=NOW)[0].asked == 1
    start = browser_of(by).get("/")
    assert "1 day has to be moved" in words_of(start)
    assert f"/chains/{chain.reference}/move/" in start.text
    page = words_of(browser_of(by).get(f"/chains/{chain.reference}/"))
    assert "or the place closes then" in page
    assert "Asked to be moved" in page
    with acting(by):
        chain.refresh_from_db()
        assert (chain.must_move, chain.site_day.date) == (True, FIRST)
        moved = move_chain(
            chain=chain, proposal=signed_proposal(chain.party, first=SECOND, moving=chain), by=by, at=NOW
        )
        assert not moved.must_move
    with acting(coordinator):
        assert call_off_empty_days(place=place(), first=FIRST, last=SECOND, by=coordinator, at=NOW) == 1
    assert list(SiteDay.objects.filter(closed_at=None).values_list("date", flat=True)) == [SECOND]


def test_with_families_booked_the_site_does_not_close_and_nobody_is_moved(chain, coordinator, acting, by):
    site = the_site()
    with acting(coordinator), pytest.raises(SiteIsBooked):
        set_state(site=site, state=Site.State.CLOSED, seen=site.version, by=coordinator, at=NOW)
    with acting(by):
        chain.refresh_from_db()
    assert (chain.state, chain.must_move) == ("booked", False)


def test_forty_families_are_asked_by_one_press_and_none_is_moved(coordinator, by, acting):
    (day,) = open_days(FIRST)
    with acting(by):
        for _ in range(40):
            ChainFactory(party=PartyFactory(registered_by=by, members=[]), site_day=day)
    with acting(coordinator):
        assert days_ahead(place(), at=NOW)[0].booked == 40
        assert ask(coordinator) == 40
        site = the_site()
        with pytest.raises(SiteIsBooked):
            set_state(site=site, state=Site.State.CLOSED, seen=site.version, by=coordinator, at=NOW)
    with acting(by):
        asked = Chain.objects.filter(state=Chain.State.BOOKED, site_day=day, must_move=True)
        assert (asked.count(), Event.objects.filter(kind=Event.Kind.ASKED).count()) == (40, 40)


def test_the_page_asks_and_calls_off_by_its_buttons(chain, coordinator):
    browser = browser_of(coordinator)
    assert "Ask to move" not in words_of(browser.get(PAGE))
    assert "Ask to move 1 family" in words_of(browser.get(f"{PAGE}?first={FIRST}&last="))
    asked = browser.post(PAGE, {"first": FIRST.isoformat(), "last": "", "do": "ask"}, follow=True)
    assert "The agency of 1 family is asked to move it." in words_of(asked)
    assert "1 of 1" in words_of(asked)
    again = browser.post(PAGE, {"first": FIRST.isoformat(), "do": "ask"})
    assert again.status_code == 409
    off = browser.post(PAGE, {"first": FIRST.isoformat(), "do": "call-off"}, follow=True)
    assert "1 day without bookings is called off." in words_of(off)


def test_the_buttons_count_the_chosen_days_alone(chain, coordinator):
    browser = browser_of(coordinator)
    page = words_of(browser.get(f"{PAGE}?first={SECOND}&last={SECOND}"))
    assert "Ask to move" not in page
    assert "Call off 1 day without bookings" in page
    assert "Show these days" in page
    assert browser.get(f"{PAGE}?first=x").status_code == 422


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"first": "x"},
        {"first": "2026-12-09", "last": "2026-12-08"},
        {"first": "0000-00-00", "do": "\x00"},
    ],
)
def test_what_is_no_period_is_told(chain, coordinator, typed):
    assert browser_of(coordinator).post(PAGE, typed).status_code == 422


def test_a_day_that_has_begun_is_left_alone(chain, coordinator, acting, clock):
    clock.move_to(chain.site_day.opens_at)
    with acting(coordinator), pytest.raises(NothingToMove):
        ask(coordinator, first=date(2026, 12, 8))
