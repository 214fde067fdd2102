"""The buttons beside what gives no day and after the last day, on the pages of a new party, a booking and a move."""

import re
from datetime import date
from html import unescape

import pytest

from bookings.models import Chain
from tests.bookings.api_steps import DESKS, FIRST, SECOND, THIRD
from tests.bookings.booking_steps import FAMILY, book, register
from tests.browser import Answer, proposals_in, words_of
from tests.factories.interpreters import open_day

pytestmark = pytest.mark.django_db
NEW = "/parties/new/"
WITHOUT = "Without the Swedish Public Employment Service"
SEARCH = {"first": "2026-12-01", "to": "2026-12-09"}


@pytest.fixture
def no_af(norrkoping) -> None:
    open_day(norrkoping, FIRST, desks=DESKS | {"AF": 0}, interpreters={"ar": 1})


@pytest.fixture
def party(acting, caseworker):
    with acting(caseworker):
        return register(caseworker, births=FAMILY)


def buttons(response: Answer, name: str) -> list[str]:
    """The values of the buttons of this name."""
    found = re.findall(rf'name="{name}"\s+value="([^"]*)"\s+class="btn', response.text)
    return [unescape(value) for value in found]


def ticked(response: Answer) -> list[str]:
    tags = re.findall(r'<input[^>]*name="stops"[^>]*>', response.text)
    return sorted(re.findall(r'value="(\w+)"', " ".join(tag for tag in tags if " checked" in tag)))


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_a_press_on_the_new_partys_page_shows_the_day_and_keeps_what_was_typed(
    browser, family, no_af, headers
):
    asked = browser.post(NEW, family, headers=headers)
    assert proposals_in(asked) == []
    (change,) = buttons(asked, "change")
    pressed = browser.post(NEW, family | {"do": "", "change": change}, headers=headers)
    assert pressed.status_code == 200
    assert proposals_in(pressed)
    assert ticked(pressed) == ["FK", "KOM", "MIG", "SKV"]
    for typed in (*family["given_name"], *family["birth_date"], family["address"]):
        assert f'value="{typed}"' in pressed.text or f">{typed}" in pressed.text


def test_the_day_that_was_pressed_for_on_the_new_partys_page_is_booked(
    browser, family, no_af, acting, caseworker
):
    (change,) = buttons(browser.post(NEW, family), "change")
    pressed = browser.post(NEW, family | {"do": "", "change": change})
    typed = family | {"do": "", "stops": ticked(pressed), "proposal": proposals_in(pressed)[0]}
    assert browser.post(NEW, typed).status_code == 302
    with acting(caseworker):
        assert not Chain.objects.get().meetings.filter(agency__code="AF").exists()


def test_a_press_on_the_booking_page_keeps_to_its_search_until_the_day_is_booked(
    browser, party, no_af, acting, caseworker
):
    page = f"/parties/{party.reference}/book/"
    asked = browser.get(page, SEARCH)
    assert proposals_in(asked) == []
    (change,) = buttons(asked, "change")
    went = browser.post(asked.wsgi_request.get_full_path(), {"change": change})
    assert went.status_code == 302
    for kept in ("first=2026-12-01", "to=2026-12-09", "without=AF", "#proposals"):
        assert kept in went.url
    address = went.url.split("#")[0]
    shown = browser.get(address)
    assert browser.post(address, {"proposal": proposals_in(shown)[0]}).status_code == 302
    with acting(caseworker):
        assert not Chain.objects.get().meetings.filter(agency__code="AF").exists()


def test_a_press_on_the_page_of_a_move_moves_the_day(browser, acting, caseworker, norrkoping, no_af):
    open_day(norrkoping, THIRD, desks=DESKS, interpreters={"ar": 1})
    with acting(caseworker):
        chain = book(register(caseworker), caseworker, first=THIRD, last=THIRD)
    page = f"/chains/{chain.reference}/move/"
    asked = browser.get(page, SEARCH)
    (change,) = buttons(asked, "change")
    address = browser.post(asked.wsgi_request.get_full_path(), {"change": change}).url.split("#")[0]
    shown = browser.get(address)
    assert browser.post(address, {"proposal": proposals_in(shown)[0]}).status_code == 302
    with acting(caseworker):
        assert Chain.objects.get().site_day.date == FIRST


@pytest.fixture
def five_days(norrkoping) -> None:
    for number in (8, 9, 10, 11, 14):
        open_day(norrkoping, date(2026, 12, number), desks=DESKS, interpreters={"ar": 1})


def test_a_press_for_more_days_on_the_new_partys_page_shows_every_day(browser, family, five_days):
    shows_every_day(browser, NEW, family)


def test_a_press_for_more_days_on_the_booking_page_shows_every_day(browser, party, five_days):
    shows_every_day(browser, f"/parties/{party.reference}/book/?first=2026-12-01&to=2026-12-20", {})


def shows_every_day(browser, address, typed) -> None:
    first = browser.post(address, typed)
    (after,) = buttons(first, "after")
    more = browser.post(address, typed | {"after": after})
    assert len(proposals_in(first)) == 3
    assert len(proposals_in(more)) == 5
    assert buttons(more, "after") == []


FORGED = ["", "nonsense", "from=never", "site=nowhere", "without=MIG", "first=1&x=2"]


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_change_is_no_error_on_the_new_partys_page(browser, family, open_days, value):
    assert browser.post(NEW, family | {"do": "", "change": value}).status_code in (200, 422)


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_change_is_no_error_on_the_booking_page(browser, party, open_days, value):
    page = browser.post(f"/parties/{party.reference}/book/", {"change": value}, follow=True)
    assert page.status_code in (200, 422)


def test_a_hint_without_a_day_has_no_button(browser, family, norrkoping):
    open_day(norrkoping, SECOND, desks=DESKS | {"MIG": 0}, interpreters={"ar": 1})
    asked = browser.post(NEW, family)
    assert "No proposal" in words_of(asked)
    assert buttons(asked, "change") == []
