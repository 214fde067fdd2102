"""A reply lands as the answer of its link: once, of the right family, or of none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from agencies.models import User
from agencies.refusals import Refusal
from agencies.secrecy.context import NOBODY, Viewer, acting_as, current
from bookings.chains.book import cancel_chain
from bookings.models import Chain, ContactBlock, Link, Message, Party, Reply
from bookings.replies import take
from bookings.replies.handle import handle_reply, open_replies
from bookings.replies.senders import REPLIES, senders_of
from bookings.replies.take import take_reply
from tests.bookings.messages.conftest import PHONE, sweep
from tests.factories.agencies import CoordinatorFactory, UserFactory
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway")]
SECRET = "a-secret-of-forty-characters-for-replies"


@pytest.fixture
def answers(monkeypatch) -> list[tuple[str, str, str, str]]:
    """The answers that were given: link, answer, text and who gave it."""
    given: list[tuple[str, str, str, str]] = []

    def give(*, link: Link, answer: str, why: str, text: str, source: str, at) -> None:
        assert current() == Viewer(link=link.token_hash)
        assert source == "sms"
        given.append((link.token_hash, answer, why, text))

    monkeypatch.setattr(take, "give_answer", give)
    return given


@pytest.fixture
def told(chain) -> Chain:
    """The family has had its summons as a text message."""
    sweep(NOW)
    return chain


@pytest.fixture
def replies(acting):
    def found(by: User) -> list[tuple[str, str, str]]:
        with acting(by):
            return list(Reply.objects.order_by("pk").values_list("outcome", "answer", "text"))

    return found


def say(message: str, *, sender: str = PHONE, number: str = "", at=NOW) -> str:
    with acting_as(NOBODY):
        return take_reply(sender=sender, message=message, number=number, at=at)


def token_hash(chain: Chain, acting, by: User) -> str:
    with acting(by):
        link = Message.objects.select_related("link").get(chain=chain, kind="summons", channel="sms").link
        assert link is not None
        return link.token_hash


@pytest.mark.parametrize(
    ("message", "answer", "why", "text"),
    [
        ("JA", "yes", "", ""),
        ("موعد آخر", "another_time", "other", "موعد آخر"),
        ("Vi är\nfem personer", "help", "", "Vi är fem personer"),
    ],
)
def test_a_reply_is_the_answer_of_its_link(
    told, answers, replies, acting, caseworker, message, answer, why, text
):
    assert say(message)
    assert answers == [(token_hash(told, acting, caseworker), answer, why, text)]
    assert replies(caseworker) == [("answered", answer, "")]


def test_the_sender_is_told_in_the_language_of_the_text(told, answers):
    assert say("نعم") != say("نعم", sender="0701740699")
    assert any("\u0600" <= sign <= "\u06ff" for sign in say("نعم"))


def test_national_writing_of_the_number_is_the_same_number(told, answers):
    assert say("ja", sender="070-174 06 12")
    assert len(answers) == 1


@pytest.mark.parametrize("number", ["", "i1"])
def test_twice_is_once_and_told_the_same(told, answers, replies, caseworker, number):
    first = say("ja", number=number)
    assert say("ja", number=number, at=NOW + timedelta(seconds=20)) == first
    assert len(answers) == 1
    assert len(replies(caseworker)) == 1


def test_what_is_said_again_later_or_after_another_word_is_said_anew(told, answers):
    say("ja")
    say("annan tid")
    say("ja")
    say("ja", at=NOW + timedelta(hours=1))
    assert [answer for _, answer, _, _ in answers] == ["yes", "another_time", "yes", "yes"]


@pytest.mark.parametrize("sender", ["+46701740698", "", "Motesplats", "\x00", "12", "+" * 300])
def test_a_number_that_nobody_has_changes_nothing(told, answers, replies, caseworker, sender):
    assert say("ja", sender=sender) == ""
    assert (answers, replies(caseworker)) == ([], [])


def test_who_was_never_written_to_is_nobody(chain, answers):
    assert say("ja") == ""
    assert answers == []


def test_a_number_that_was_corrected_is_nobodys(told, reach, answers):
    reach(told, phone="+46701740613")
    assert say("ja") == ""
    assert answers == []


def test_stop_closes_the_number(told, answers, replies, acting, caseworker, fates):
    assert say("STOP")
    assert say("STOP")
    assert answers == []
    assert replies(caseworker) == [("stopped", "", "")]
    with acting(caseworker):
        assert ContactBlock.objects.get().why == "stopped"
        last = Message.objects.filter(chain=told, channel="sms").latest("due_at")
    sweep(last.due_at)
    assert {
        why for kind, channel, _, why in fates(told) if kind.startswith("reminder") and channel == "sms"
    } == {"stopped"}


def test_a_number_of_two_families_answers_for_neither(
    told, book, reach, answers, replies, acting, caseworker, gateway
):
    other = book()
    reach(other, phone=PHONE)
    sweep(NOW + timedelta(minutes=1))
    assert "shared" not in say("ja, Ahmed")
    assert answers == []
    assert replies(caseworker) == [("shared", "", ""), ("shared", "", "")]
    with acting(caseworker):
        parties = {reply.party_id for reply in open_replies(caseworker)}
        assert parties == {told.party_id, other.party_id}


def test_stop_of_a_shared_number_closes_it_for_both(told, book, reach, acting, caseworker):
    other = book()
    reach(other, phone=PHONE)
    sweep(NOW + timedelta(minutes=1))
    say("stop")
    with acting(caseworker):
        assert set(ContactBlock.objects.values_list("party", flat=True)) == {told.party_id, other.party_id}


def test_a_reply_after_the_day_is_no_answer_and_not_lost(told, answers, replies, caseworker, clock):
    after = NOW + timedelta(days=40)
    clock.move_to(after)
    assert say("ja", at=after)
    assert answers == []
    assert replies(caseworker) == [("late", "yes", "ja")]


def test_a_reply_to_a_cancelled_day_is_no_answer(told, answers, replies, acting, caseworker):
    with acting(caseworker):
        cancel_chain(chain=told, reason="Moved", by=caseworker, at=NOW)
    assert say("ja")
    assert answers == []
    assert replies(caseworker) == [("late", "yes", "ja")]


def test_an_answer_that_is_refused_becomes_a_task(told, replies, acting, caseworker, monkeypatch):
    def refuse(**given):
        raise Refusal("No")

    monkeypatch.setattr(take, "give_answer", refuse)
    assert say("ja")
    assert replies(caseworker) == [("not_taken", "yes", "ja")]
    with acting(caseworker):
        (reply,) = open_replies(caseworker)
        for _ in range(2):
            handle_reply(reply=reply, by=caseworker, at=NOW)
        assert list(open_replies(caseworker)) == []


def test_a_protected_party_answers_to_nobody(told, answers, acting, caseworker):
    with acting(caseworker):
        Party.objects.filter(pk=told.party_id).update(is_protected=True)
    assert say("ja") == ""
    assert answers == []


def test_only_the_role_finds_senders_and_reads_replies(told, answers, acting, caseworker, replies):
    say("ja")
    for viewer in (NOBODY, Viewer(role="outbox"), Viewer(link="0" * 64)):
        with acting_as(viewer):
            assert senders_of(PHONE) == []
            assert Reply.objects.count() == 0
    for by in (caseworker, UserFactory(agency="AF"), CoordinatorFactory()):
        with acting(by):
            assert senders_of(PHONE) == []
            assert Reply.objects.count() == (by is caseworker)
    with acting_as(REPLIES):
        assert len(senders_of(PHONE)) == 1
        assert senders_of("") == []
        assert (Party.objects.count(), Message.objects.count(), Link.objects.count()) == (0, 0, 0)


def test_an_emoji_and_hidden_signs_are_no_obstacle(told, answers):
    say("Hjälp 👩‍👧 \u2066oss\u2069 ❤️" + "a" * 900)
    ((_, answer, _, text),) = answers
    assert answer == "help"
    assert text.startswith("Hjälp")
    assert len(text) <= 300


def test_the_gateway_posts_it_to_the_secret_address(told, answers, settings, fresh_cache):
    settings.REPLY_SECRET = SECRET
    client, form = Client(), {"from": PHONE, "to": "+46701740699", "message": "Ja"}
    answer = client.post(f"/api/v1/replies/{SECRET}/", form)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.content
    assert len(answers) == 1
    assert client.post(f"/api/v1/replies/{SECRET}/", {}).content == b""
    assert client.post("/api/v1/replies/wrong/", form).status_code == 404
    assert client.post(f"/api/v1/replies/{SECRET}é/", form).status_code == 404
    assert client.get(f"/api/v1/replies/{SECRET}/").status_code == 404
    settings.REPLY_SECRET = ""
    assert client.post(f"/api/v1/replies/{SECRET}/", form).status_code == 404
    assert len(answers) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(told, answers, replies, caseworker):
    barrier = Barrier(2)

    def one(_: int) -> str:
        barrier.wait(60)
        try:
            return say("ja")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(one, range(2))
    assert first == second
    assert len(replies(caseworker)) == 1
