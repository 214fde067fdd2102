"""The board's page, the part that stays fresh, and the host's page."""

import re

import pytest
from django.core.cache import cache

from agencies.models import Location, Role, Site
from agencies.references import ALPHABET
from bookings.models import OccupiedDesk
from interpreters.models import Interpreter
from tests.bookings.booking_steps import SECOND
from tests.browser import browser_of, words_of
from tests.factories.agencies import HostFactory, SiteDayFactory, UserFactory, the_site
from tests.factories.bookings import ChainFactory, MeetingFactory, PartyFactory
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
BOARD = "/boards/norrkoping/2026-12-08/"
ARRIVALS = f"{BOARD}arrivals/"


@pytest.fixture
def at_table(host, opens):
    """The host's browser, in the morning."""
    return browser_of(host)


def stops(browser, address=BOARD):
    """The names of the meetings on the page, in time order."""
    found = dict.fromkeys(re.findall(r'data-stop="([^"]+)"', browser.get(address).text))
    return sorted((name for name in found if not name.endswith("-i")), key=lambda name: name[-4:])


def test_the_board_shows_each_desk_its_meetings_and_the_day_in_figures(chain, at_table):
    page = words_of(at_table.get(BOARD))
    assert "0 here of 1" in page or "here of 1 0" in page
    assert re.search(r"desk|Testsson", page)
    assert len(stops(at_table)) == 5
    assert chain.reference not in page


def test_a_stop_opens_its_card_and_what_is_pressed_there_stands_on_the_board(chain, at_table):
    first = stops(at_table)[0]
    card = at_table.get(f"{BOARD}?meeting={first}")
    assert 'id="stop"' in card.text
    answer = at_table.post(f"{BOARD}attendance/", {"record": f"arrived@{first}"}, follow=True)
    assert "is here and waits" in words_of(answer)
    assert "Undo “arrived”" in words_of(answer)
    answer = at_table.post(f"{BOARD}attendance/", {"undo": f"arrived@{first}"}, follow=True)
    assert "booked" in words_of(answer)


def test_the_card_of_ones_own_chain_leads_to_another_time_for_the_meeting(chain, at_table, opens):
    own = browser_of(chain.booked_by)
    first = stops(own)[0]
    address = f"/chains/{chain.reference}/move/?meeting=MIG"
    assert address in own.get(f"{BOARD}?meeting={first}").text
    assert own.get(address).status_code == 200
    assert "/move/" not in at_table.get(f"{BOARD}?meeting={stops(at_table)[0]}").text


def test_a_press_on_a_meeting_that_is_gone_says_so_and_shows_the_board(chain, at_table):
    answer = at_table.post(f"{BOARD}attendance/", {"record": "arrived@999-MIG-0830"})
    assert answer.status_code == 422
    assert "This meeting is not on your board." in words_of(answer)
    assert stops(at_table)


@pytest.mark.parametrize("press", [{}, {"record": "nonsense"}, {"undo": "@"}, {"record": "\x00@\x00"}])
def test_a_press_without_sense_is_refused_in_words(chain, at_table, press):
    assert at_table.post(f"{BOARD}attendance/", press).status_code == 422


def test_who_is_late_is_seen_with_the_reason(chain, at_table, host, clock):
    first = stops(at_table)[0]
    starts = f"{first[-4:-2]}:{first[-2:]}"
    clock.move_to(f"2026-12-08T{starts}:00+01:00")
    clock.shift(720)
    sign_in(at_table, host)
    assert "12 min late: has not come." in words_of(at_table.get(f"{BOARD}?meeting={first}"))


def test_a_caseworker_sees_the_own_desk_and_why_somebody_is_late(chain, keys, host, opens, acting, clock):
    with acting(host):
        first, second = list(OccupiedDesk.objects.order_by("starts_at")[:2])
    clock.move_to(first.starts_at)
    browser = browser_of(host)
    browser.post(f"{BOARD}attendance/", {"record": f"arrived@{stops(browser)[0]}"})
    desk = UserFactory(agency=second.agency)
    clock.move_to(second.starts_at)
    clock.shift(600)
    browser = browser_of(desk)
    page = browser.get(BOARD)
    assert len(stops(browser)) == 1
    assert chain.reference in page.text
    card = words_of(browser.get(f"{BOARD}?meeting={stops(browser)[0]}"))
    assert "10 min late: is here and waits to be met." in card
    assert "Is here" not in card


def test_a_day_that_is_not_open_says_so(chain, at_table):
    assert "This place is not open that day." in words_of(at_table.get("/boards/norrkoping/2026-12-24/"))
    assert at_table.get("/boards/norrkoping/2026-12-24/live/").status_code == 404


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_the_board_of_a_place_that_has_closed_is_read_as_before(chain, at_table, host, state):
    at_table.post(ARRIVALS, {"code": chain.reference})
    Site.objects.filter(code="norrkoping").update(state=state)
    Location.objects.filter(site__code="norrkoping").update(state=state)
    assert len(stops(at_table)) == 5
    assert "arrived" in at_table.get(f"{BOARD}live/").text


@pytest.mark.parametrize(
    "address", ["/boards/malmo/2026-12-08/", "/boards/norrkoping/2026-13-40/", f"{BOARD}?location=Nowhere"]
)
def test_another_site_a_day_that_is_none_and_a_place_that_is_none_are_not_there(chain, at_table, address):
    assert at_table.get(address).status_code == 404


def test_the_start_of_a_host_is_today_s_arrivals(chain, at_table):
    answer = at_table.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == ARRIVALS


def test_what_is_fresh_is_sent_once_and_again_when_something_has_changed(chain, at_table, host):
    first = at_table.get(f"{BOARD}live/")
    assert first.status_code == 200
    tag = first.headers["ETag"]
    for told in (tag, f"W/{tag}"):  # as a proxy that packs it tells it
        assert at_table.get(f"{BOARD}live/", headers={"If-None-Match": told}).status_code == 304
    at_table.post(ARRIVALS, {"code": chain.reference})
    again = at_table.get(f"{BOARD}live/", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "arrived" in again.text


@pytest.mark.parametrize("view", ["live/", "arrivals/live/"])
def test_what_hosts_share_has_no_secret_of_a_reader(chain, at_table, view):
    assert "csrf" not in at_table.get(f"{BOARD}{view}").text


def test_readers_who_see_something_else_share_nothing(chain, host, coordinator, opens):
    cache.clear()
    tags = {
        browser_of(user).get(f"{BOARD}live/").headers.get("ETag")
        for user in (host, coordinator, UserFactory(agency="AF", role=Role.COORDINATOR))
    }
    assert len(tags) == 3


def test_ten_letters_are_received_by_their_codes(chain, at_table):
    answer = at_table.post(ARRIVALS, {"code": chain.reference.lower().replace("-", " ")}, follow=True)
    assert answer.status_code == 200
    assert "Is here" in words_of(answer)
    assert "Waiting here 1" in words_of(answer)
    again = at_table.post(ARRIVALS, {"code": chain.reference}, follow=True)
    assert "Is here already. Nothing has changed." in words_of(again)


def test_a_code_that_is_none_is_said_where_it_was_typed_and_stays_there(chain, at_table):
    answer = at_table.post(ARRIVALS, {"code": "XXX-YYY"})
    assert answer.status_code == 422
    assert "No letter for this site has that code" in words_of(answer)
    assert 'value="XXX-YYY"' in answer.text


def test_a_letter_for_another_day_is_told_from_one_that_is_none(chain, at_table, norrkoping):
    SiteDayFactory(date=SECOND)
    answer = at_table.post(f"/boards/norrkoping/{SECOND}/arrivals/", {"code": chain.reference})
    assert answer.status_code == 409
    assert "That letter is for Tuesday 8 December 2026" in words_of(answer)


def test_the_host_s_lists_follow_the_party_and_what_is_last_is_undone(chain, at_table):
    page = words_of(at_table.get(ARRIVALS))
    assert "Coming next 1 left today" in page
    name = stops(at_table)[0]
    at_table.post(f"{ARRIVALS}attendance/", {"record": f"arrived@{name}"})
    page = words_of(at_table.get(ARRIVALS))
    assert "Waiting here 1" in page
    at_table.post(f"{ARRIVALS}attendance/", {"undo": f"arrived@{name}"})
    assert "Coming next 1 left today" in words_of(at_table.get(ARRIVALS))


def test_the_page_of_another_day_says_that_it_is_not_today_s(chain, at_table):
    page = words_of(at_table.get(f"/boards/norrkoping/{SECOND}/arrivals/"))
    assert "not of today" in page


def test_codes_are_not_guessed_by_the_thousand(chain, at_table, settings):
    cache.clear()
    settings.LIMITS = settings.LIMITS | {"arrivals": [3, 60]}
    answers = [at_table.post(ARRIVALS, {"code": f"XX{letter}-YYY"}).status_code for letter in ALPHABET[:5]]
    assert answers == [422, 422, 422, 429, 429]


def test_a_host_elsewhere_has_another_board(chain, opens):
    elsewhere = browser_of(HostFactory(sites=[the_site("malmo")]))
    assert elsewhere.get(ARRIVALS).status_code == 404
    assert "/boards/malmo/" in elsewhere.get("/board/").headers["Location"]


@pytest.mark.parametrize("parties", [1, 3])
def test_a_board_costs_the_same_queries_however_many_come(
    chain, host, clock, parties, acting, django_assert_num_queries
):
    with acting(chain.booked_by):
        for _ in range(parties - 1):
            other = ChainFactory(party=PartyFactory(registered_by=chain.booked_by), site_day=chain.site_day)
            MeetingFactory(chain=other)
    clock.move_to("2026-12-08T08:10:00+01:00")
    browser = browser_of(host)
    with django_assert_num_queries(27):
        assert len(set(stops(browser))) == 4 + parties


def test_the_host_rings_the_interpreter_from_the_answer(chain, at_table):
    Interpreter.objects.update(phone="+46701740631")
    answer = at_table.post(ARRIVALS, {"code": chain.reference}, follow=True)
    assert 'href="tel:+46701740631"' in answer.text
    assert "interpreter Tolk" in words_of(answer)
