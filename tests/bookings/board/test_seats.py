"""Where a party sits while it waits, and what the host shows it."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import Location
from bookings.board.seats import seat_of
from tests.browser import browser_of, words_of
from tests.factories.agencies import main_place, the_site

ARRIVALS = "/boards/norrkoping/2026-12-08/arrivals/"
NAMES = st.lists(st.text("abc", min_size=1, max_size=3), max_size=4, unique=True)


@given(st.text("0123456789KNX-", min_size=1, max_size=7), st.integers(0, 5), NAMES, NAMES)
def test_a_party_has_one_seat_and_children_sit_where_there_is_room_for_them(
    party, children, seats, for_children
):
    seat = seat_of(party, children, seats=seats, for_children=for_children)
    assert seat == seat_of(party, children, seats=seats, for_children=for_children)
    fitting = for_children if children and for_children else seats or for_children
    assert (seat in fitting) if fitting else seat == ""


def test_parties_are_spread_over_the_seats():
    places = Counter(
        seat_of(str(number), 0, seats=("a", "b", "c"), for_children=()) for number in range(1, 31)
    )
    assert set(places.values()) == {10}


@pytest.fixture
def came(chain, host, opens):
    """The host's browser after the family's code, and the page of the arrival."""
    Location.objects.filter(pk=main_place(the_site()).pk).update(
        seats=["the bench"], seats_for_children=["the play corner"]
    )
    browser = browser_of(host)
    first = next(name for name in _stops(browser))
    return browser, browser.post(f"{ARRIVALS}attendance/", {"record": f"arrived@{first}"}, follow=True), first


def _stops(browser):
    found = dict.fromkeys(re.findall(r'value="arrived@([^"]+)"', browser.get(ARRIVALS).text))
    return sorted(found, key=lambda name: name[-4:])


@pytest.mark.django_db
def test_the_host_is_told_where_the_party_sits(came):
    _browser, page, _first = came
    assert "Sits: the" in words_of(page)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "says", "direction"),
    [("", "رقم", "rtl"), ("ti", "ቁጽሪ", "ltr"), ("sv", "Nummer", "ltr"), ("xx", "رقم", "rtl")],
)
def test_the_host_shows_it_in_the_letters_language_or_another(came, language, says, direction):
    browser, _page, first = came
    card = browser.get(f"{ARRIVALS}card/", {"meeting": first, "language": language})
    assert says in card.text
    assert f'dir="{direction}"' in card.text.partition("<head>")[0]
    assert first.partition("-")[0] in card.text


@pytest.mark.django_db
def test_a_card_of_nobody_is_not_there(came):
    browser, _page, _first = came
    assert browser.get(f"{ARRIVALS}card/", {"meeting": "999-MIG-0830"}).status_code == 404
