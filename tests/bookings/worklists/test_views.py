"""The page of tasks: what it lists for whom, what its buttons clear, and the number in the menu."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.clock import STOCKHOLM
from agencies.languages import LANGUAGES
from agencies.models import Holiday, Location, TextBlock
from agencies.secrecy.context import acting_as
from bookings.chains.book import cancel_chain
from bookings.letters.post import mark_posted
from bookings.models import Chain, ExtractWish, Message, Party, Reply, SummonsAnswer, WaitingParty
from bookings.replies.senders import REPLIES
from bookings.worklists.offers import KIND
from bookings.worklists.queries import LETTERS_WAIT
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register, signed_proposal
from tests.browser import browser_of, words_of
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
    the_site,
)
from tests.factories.bookings import (
    ExtractWishFactory,
    MessageFactory,
    ReplyFactory,
    SummonsAnswerFactory,
)
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
            chain=chain, kind=Kind.HELP, call_language="ara", call_period="morning", given_at=NOW
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


@pytest.mark.parametrize(
    ("code", "said"),
    [("ara", "Arabic"), ("mul", "another language"), ("", "Arabic"), ("kmr", "Northern Kurdish")],
)
def test_the_language_of_a_call_stands_in_words(code, said, call, by, acting):
    with acting(by):
        SummonsAnswer.objects.filter(pk=call.pk).update(call_language=code)
    assert f"{said} · morning" in words_of(browser_of(by).get(PAGE))


def test_a_call_is_late_only_when_a_working_day_has_gone(call, by, acting, clock):
    given_at = datetime(2026, 12, 4, 17, tzinfo=STOCKHOLM)
    Holiday.objects.create(date=date(2026, 12, 7), name="A day off")
    with acting(by):
        SummonsAnswer.objects.filter(pk=call.pk).update(given_at=given_at)
    clock.move_to(datetime(2026, 12, 8, 8, tzinfo=STOCKHOLM))
    (row,) = browser_of(by).get(PAGE).context["list"].calls
    assert (row.by, row.is_late) == (datetime(2026, 12, 8, 12, tzinfo=STOCKHOLM), False)


def test_a_call_without_any_number_leads_to_where_one_is_written_down(call, chain, by, acting):
    amend = f'href="/parties/{chain.party.reference}/amend/"'
    assert amend not in browser_of(by).get(PAGE).text
    with acting(by):
        Party.objects.filter(pk=chain.party_id).update(phone="")
    assert amend in browser_of(by).get(PAGE).text


@pytest.mark.parametrize("ends", ["over", "cancelled"])
def test_who_wishes_a_call_waits_for_it_although_the_day_is_over_or_cancelled(
    ends, call, chain, by, acting, clock
):
    if ends == "over":
        clock.move_to(chain.site_day.closes_at + timedelta(hours=16))
    else:
        with acting(by):
            cancel_chain(chain=chain, reason="Sjukdom", by=by, at=NOW)
    page = browser_of(by).get(PAGE)
    assert [row.answer.pk for row in page.context["list"].calls] == [call.pk]
    assert page.context["menu"].tasks == 1
    said = {"over": "the day was Tue 8 Dec", "cancelled": "the day, Tue 8 Dec, is cancelled"}
    assert said[ends] in words_of(page)
    pressed = {"do": "settle", "chain": chain.reference, "person": call.newcomer.key, "kind": Kind.HELP}
    browser_of(by).post(PAGE, pressed)
    assert tasks_in(by) == 0


def test_letters_that_nobody_has_posted_for_a_day_are_one_task(chain, by, acting, clock):
    assert "nobody has posted" not in words_of(browser_of(by).get(PAGE))
    clock.move_to(NOW + LETTERS_WAIT + timedelta(minutes=1))
    page = browser_of(by).get(PAGE)
    assert "Letters that nobody has posted 1 1 letter waits since Mon 23 Nov" in words_of(page)
    assert 'href="/post/"' in page.text
    assert (page.context["list"].tasks, page.context["menu"].tasks) == (1, 1)
    assert tasks_in(UserFactory(agency="AF")) == 0
    with acting(by):
        keys = Message.objects.filter(channel="letter").values_list("key", flat=True)
        mark_posted(keys=list(keys), by=by, at=NOW)
    assert tasks_in(by) == 0
    clock.move_to(chain.site_day.closes_at)
    with acting(by):
        Message.objects.filter(channel="letter").update(state="planned", sent_at=None)
    assert tasks_in(by) == 0


def test_the_menu_has_the_number_of_the_tasks(everything, by):
    browser = browser_of(by)
    page = browser.get(PAGE)
    assert page.context["list"].tasks == 5
    assert '<b class="count">5</b>' in browser.get("/").content.decode()


@pytest.fixture
def reply(chain, by, acting):
    with acting_as(REPLIES):
        ReplyFactory(party_id=chain.party_id, chain_id=chain.pk, outcome="late", text="Vi är sena", at=NOW)
    with acting(by):
        return Reply.objects.get()


def test_a_text_message_that_became_no_answer_is_a_task_until_somebody_has_called(reply, by, acting):
    browser = browser_of(by)
    page = browser.get(PAGE)
    assert "Replies from families" in words_of(page)
    assert "Vi är sena" in page.content.decode()
    assert '<b class="count">1</b>' in page.content.decode()
    for _press in range(2):
        assert browser.post(PAGE, {"do": "called", "reply": str(reply.pk)}).status_code == 302
    with acting(by):
        reply.refresh_from_db()
    assert (reply.handled_by, reply.handled_at) == (by, NOW)
    assert tasks_in(by) == 0


def test_a_text_message_of_another_agency_or_site_is_nobody_elses_task(reply, acting):
    stranger, elsewhere = UserFactory(agency="AF"), UserFactory(sites=[the_site("malmo")])
    assert tasks_in(stranger) == tasks_in(elsewhere) == 0
    assert browser_of(stranger).post(PAGE, {"do": "called", "reply": str(reply.pk)}).status_code == 404


def test_whoever_asks_for_an_extract_is_a_task_of_the_agency_asked(chain, by, acting):
    with acting(by):
        person = chain.party.members.first()
        ExtractWishFactory(newcomer=person, chain_reference=chain.reference, asked_at=NOW)
    browser = browser_of(by)
    page = browser.get(PAGE)
    assert 'href="/extracts/"' in page.content.decode()
    assert '<b class="count">1</b>' in page.content.decode()
    assert browser.get(f"{PAGE}?show=mine").context["list"].tasks == 1
    assert tasks_in(UserFactory(agency="AF")) == 0
    with acting(by):
        wish = ExtractWish.objects.get().pk
    browser.post("/extracts/", {"wish": wish})
    assert tasks_in(by) == 0


def test_a_text_that_is_missing_is_a_task_of_whoever_keeps_it(by):
    general = {"track": None, "municipality": None, "condition": "", "slot": "about"}
    TextBlock.objects.get(service__agency_code="MIG", language="ti", **general).delete()
    keeper, office = ManagerFactory(), SecretariatFactory()
    for reader in (keeper, office):
        page = browser_of(reader).get(PAGE)
        assert [row.languages for row in page.context["list"].texts] == [["ti"]]
        assert "Texts that are missing" in words_of(page)
        assert 'href="/agencies/MIG/texts/' in page.content.decode()
    assert '<b class="count">1</b>' in browser_of(keeper).get(PAGE).content.decode()
    for other in (by, ManagerFactory(agency="AF")):
        assert tasks_in(other) == 0


def test_a_place_of_which_nothing_is_said_in_any_language_is_a_task_too():
    TextBlock.objects.filter(service__agency_code="MIG", slot="about").delete()
    keeper, office = ManagerFactory(), SecretariatFactory()
    for reader in (keeper, office):
        page = browser_of(reader).get(PAGE)
        assert [row.languages for row in page.context["list"].texts] == [list(LANGUAGES)]
        address = page.context["list"].texts[0].place.address
        assert f'href="{address}"' in page.text
        assert browser_of(reader).get(address).status_code == 200
    assert browser_of(keeper).get(PAGE).context["menu"].tasks == 1
    assert tasks_in(ManagerFactory(agency="AF")) == 0


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
        {"do": "called", "reply": "9" * 30},
        {"do": "called", "reply": "1"},
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
    browser, spent, booked = browser_of(by), [], []
    for number in (1, 3):
        with acting(by):
            while Chain.objects.count() < number:
                chain = book(register(by, language="sv", basis="UTL-5-1"), by)
                SummonsAnswerFactory(chain=chain, kind=Kind.ANOTHER_TIME)
                SummonsAnswerFactory(chain=chain, kind=Kind.HELP)
                register(by)
                ExtractWishFactory(newcomer=chain.party.members.first(), chain_reference=chain.reference)
                booked.append(chain)
        with acting_as(REPLIES):
            for one in booked[number // 2 :]:
                ReplyFactory(party_id=one.party_id, chain_id=one.pk, outcome="late")
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
