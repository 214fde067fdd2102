"""The page of tasks: what it lists for whom, what its buttons clear, and the number in the menu."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import Location
from agencies.secrecy.context import Viewer, acting_as
from bookings.chains.book import cancel_chain
from bookings.extracts.wishes import ask_as_person
from bookings.models import Chain, Message, SummonsAnswer, WaitingParty
from bookings.worklists.offers import KIND
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.factories.bookings import MessageFactory, ReplyFactory, SummonsAnswerFactory
from tests.moment import NOW
from tests.outbox import send_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "letters_as_text")]
PAGE = "/todo/"
Kind = SummonsAnswer.Kind


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def chain(by, acting):
    open_days(FIRST)
    with acting(by):
        return book(register(by, phone="+46701740612"), by, last=FIRST)


def tasks_in(user) -> int:
    return browser_of(user).get(PAGE).context["list"].tasks


@pytest.fixture
def wish(chain, by, acting):
    with acting(by):
        return SummonsAnswerFactory(chain=chain, kind=Kind.ANOTHER_TIME, why="ill", given_at=NOW)


@pytest.fixture
def call(chain, by, acting):
    with acting(by):
        return SummonsAnswerFactory(
            chain=chain, kind=Kind.HELP, call_language="ar", call_period="morning", given_at=NOW
        )


@pytest.fixture
def everything(wish, call, chain, by, acting):
    """One task of each kind but an offer."""
    with acting(by):
        link = chain.links.first()
        Message.objects.filter(chain=chain).delete()
        MessageFactory(chain=chain, link=link, state="failed", why="expired", settled_at=NOW)
        Chain.objects.filter(pk=chain.pk).update(must_move=True)
    Location.objects.filter(pk=chain.site_day.location_id).update(street="")


def test_each_kind_of_task_leads_to_what_clears_it(everything, chain, by):
    page = browser_of(by).get(PAGE)
    words = words_of(page)
    for said in (
        "Call back",
        "Need another time",
        "Days that have to be moved",
        "Messages that did not arrive",
    ):
        assert said in words
    assert "Letters that cannot be printed" in words
    assert "at the latest" in words
    text = page.content.decode()
    for address in (f"/chains/{chain.reference}/move/", f"/parties/{chain.party.reference}/amend/"):
        assert address in text
    assert 'href="tel:+46701740612"' in text


def test_the_menu_has_the_number_of_the_tasks(everything, by):
    browser = browser_of(by)
    page = browser.get(PAGE)
    assert page.context["list"].tasks == 5
    assert '<b class="count">5</b>' in browser.get("/").content.decode()


def test_nothing_to_do_is_said(by):
    page = browser_of(by).get(PAGE)
    assert "Nothing waits to be done." in words_of(page)
    assert 'class="count"' not in page.content.decode()


@pytest.mark.parametrize("kind", [Kind.ANOTHER_TIME, Kind.HELP])
def test_what_is_dealt_with_goes_once(kind, wish, call, chain, by, acting):
    browser, person = browser_of(by), wish.newcomer.key
    pressed = {"do": "settle", "chain": chain.reference, "person": str(person), "kind": kind}
    for _press in range(2):
        assert browser.post(PAGE, pressed).status_code == 302
    with acting(by):
        settled = SummonsAnswer.objects.get(kind=kind)
    assert (settled.settled_by, settled.settled_at) == (by, NOW)
    assert tasks_in(by) == 1


def test_a_failed_message_is_marked_as_handled(everything, by, acting):
    with acting(by):
        key = Message.objects.get(state="failed").key
    assert browser_of(by).post(PAGE, {"do": "handled", "message": str(key)}).status_code == 302
    assert tasks_in(by) == 4


def test_one_press_books_what_is_free_again(chain, by, acting):
    with acting(by):
        party = register(by)
        cancel_chain(chain=chain, reason="Has moved", by=by, at=NOW)
    send_all(KIND)
    browser = browser_of(by)
    assert "A time is free again" in words_of(browser.get(PAGE))
    answer = browser.post(PAGE, {"do": "book", "party": party.reference})
    with acting(by):
        booked = Chain.objects.get(party=party)
    assert answer.headers["Location"] == f"/chains/{booked.reference}/"
    again = browser.post(PAGE, {"do": "book", "party": party.reference})
    assert again.status_code == 409
    assert "That time is taken by now." in words_of(again)


@pytest.mark.parametrize("act", ["pass", "leave"])
def test_who_passes_or_leaves_is_not_offered_the_time(act, chain, by, acting):
    with acting(by):
        party = register(by)
        cancel_chain(chain=chain, reason="Has moved", by=by, at=NOW)
    send_all(KIND)
    assert browser_of(by).post(PAGE, {"do": act, "party": party.reference}).status_code == 302
    with acting(by):
        waits = WaitingParty.objects.get(party=party)
    assert (waits.offered_day, waits.end) == (None, "left" if act == "leave" else "")


@pytest.mark.parametrize(
    "pressed",
    [
        {},
        {"do": "else"},
        {"do": "settle", "person": "x"},
        {"do": "handled", "message": "\x00"},
        {"do": "book", "party": "AAA-AAA"},
        {
            "do": "settle",
            "chain": "AAA-AAA",
            "person": "00000000-0000-0000-0000-000000000000",
            "kind": "help",
        },
    ],
)
def test_what_the_page_does_not_offer_is_not_there(pressed, by):
    assert browser_of(by).post(PAGE, pressed).status_code == 404


def test_another_agency_and_another_site_see_and_clear_nothing(everything, wish, chain, acting):
    pressed = {"do": "settle", "chain": chain.reference, "person": str(wish.newcomer.key), "kind": wish.kind}
    stranger = UserFactory(agency="AF")
    assert tasks_in(stranger) == 0
    assert chain.reference not in browser_of(stranger).get(PAGE).content.decode()
    assert browser_of(stranger).post(PAGE, pressed).status_code == 404
    assert tasks_in(UserFactory(sites=[the_site("malmo")])) == 0


def test_a_colleague_and_the_manager_see_the_agencys_and_mine_is_the_bookers(everything, by):
    for user in (UserFactory(), ManagerFactory()):
        assert tasks_in(user) == 5
        assert browser_of(user).get(f"{PAGE}?show=mine").context["list"].tasks == 0
    assert browser_of(by).get(f"{PAGE}?show=mine").context["list"].tasks == 5


def test_the_coordinator_is_told_how_many_wait_and_not_of_whom(chain, by, acting):
    with acting(by):
        party = register(by)
    words = words_of(browser_of(CoordinatorFactory(agency="AF")).get(PAGE))
    assert "1 party waits for a day at Norrköping, of all agencies." in words
    assert party.reference not in words


def test_the_secretariat_is_led_to_the_texts_that_nobody_has_read(db):
    page = browser_of(SecretariatFactory()).get(PAGE)
    assert "drafts that nobody has read and marked" in words_of(page)


def test_the_list_costs_the_same_with_one_and_three_rows(by, acting):
    open_days(FIRST, SECOND, desks=dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 4))
    browser, spent = browser_of(by), []
    for number in (1, 3):
        with acting(by):
            while Chain.objects.count() < number:
                chain = book(register(by, language="sv", basis="UTL-5-1"), by)
                SummonsAnswerFactory(chain=chain, kind=Kind.ANOTHER_TIME)
                SummonsAnswerFactory(chain=chain, kind=Kind.HELP)
                register(by)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(PAGE).status_code == 200
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_a_day_that_staff_have_moved_settles_the_wish_for_another_time(wish, chain, by, acting):
    open_days(SECOND)
    with acting(by):
        proposal = signed_proposal(chain.party, first=SECOND, last=SECOND, moving=chain)
    moved = browser_of(by).post(f"/chains/{chain.reference}/move/", {"proposal": proposal})
    assert moved.status_code == 302
    with acting(by):
        assert SummonsAnswer.objects.get().settled_by == by
    assert tasks_in(by) == 0


def test_a_reply_that_became_no_answer_is_called_about_and_marked(chain, by, acting):
    with acting(by):
        ReplyFactory(party=chain.party, chain=chain, outcome="not_taken", text="Vi kan kanske", said="a" * 64)
    browser = browser_of(by)
    assert "Vi kan kanske" in browser.get(PAGE).content.decode()
    before = tasks_in(by)
    pressed = {"do": "replied", "party": chain.party.reference, "said": "a" * 64}
    assert browser.post(PAGE, pressed)["Location"] == PAGE
    assert tasks_in(by) == before - 1
    assert browser.post(PAGE, pressed | {"said": "b" * 64}).status_code == 404


def test_who_asks_for_the_own_data_is_a_task_of_the_agency_asked(chain, by, acting):
    with acting(by):
        link = chain.links.order_by("pk")[0]
    with acting_as(Viewer(link=link.token_hash, code=link.code_hash)):
        ask_as_person(link=link, agency=by.agency, at=NOW)
    page = browser_of(by).get(PAGE)
    assert page.context["list"].extracts == 1
    assert "/extracts/" in page.content.decode()
