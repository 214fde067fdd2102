"""What a person answers to our mail lands as the answer of its link, as a text message does."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes
from threading import Barrier

import pytest
from django.db import connection

from agencies.models import User
from agencies.secrecy.context import NOBODY, Viewer, acting_as
from bookings.chains.book import cancel_chain
from bookings.mails.take import take_mail
from bookings.messages.contacts import digest_of
from bookings.messages.receipt_addresses import key_returned_to
from bookings.models import ContactBlock, Party, Reply, SummonsAnswer
from bookings.replies.handle import open_replies
from bookings.replies.senders import REPLIES, recipients_of
from motesplats.embedded.stand_in.box import Taken
from motesplats.embedded.stand_in.mail_back import answer_to
from tests.bookings.mails.conftest import comes_back
from tests.bookings.messages.conftest import EMAIL, PHONE, sweep
from tests.factories.agencies import CoordinatorFactory, UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(acting, caseworker, chain):
    """The answers as they stand, and how the replies ended."""

    def found() -> tuple[list[tuple[str, str, str, str]], list[tuple[str, str, str]]]:
        with acting(caseworker):
            given = SummonsAnswer.objects.filter(chain=chain, replaced_at=None).order_by("pk")
            replies = Reply.objects.order_by("pk")
            return (
                list(given.values_list("kind", "why", "text", "source")),
                list(replies.values_list("outcome", "answer", "text")),
            )

    return found


def without_number(mail: bytes) -> bytes:
    parsed = message_from_bytes(mail)
    del parsed["Message-ID"]
    return parsed.as_bytes()


@pytest.mark.parametrize(
    ("words", "kind", "why", "text"),
    [
        ("Ja", "yes", "", ""),
        ("نعم", "yes", "", ""),
        ("Kan vi få en annan tid?", "another_time", "other", "Kan vi få en annan tid?"),
        ("Vi är\n\nfem personer", "help", "", "Vi är fem personer"),
        ("", "help", "", ""),
    ],
)
def test_a_reply_is_the_answer_of_its_link(summons, answers, words, kind, why, text):
    assert comes_back(answer_to(summons, words)) == 204
    assert answers() == ([(kind, why, text, "email")], [("answered", kind, "")])


@pytest.mark.parametrize("has_number", [True, False])
def test_twice_is_once(summons, answers, has_number):
    mail = answer_to(summons, "Ja")
    for _time in range(2):
        comes_back(mail if has_number else without_number(mail))
    assert len(answers()[1]) == 1


def test_what_is_said_later_holds(summons, answers):
    comes_back(answer_to(summons, "Ja"))
    comes_back(answer_to(summons, "Annan tid"))
    given, replies = answers()
    assert [kind for kind, *_ in given] == ["another_time"]
    assert len(replies) == 2


def test_stop_closes_the_mailbox_alone(server, summons, answers, acting, caseworker, chain, reach):
    reach(chain, phone=PHONE)
    assert comes_back(answer_to(summons, "STOPP\n\nSkickat från min iPhone")) == 204
    assert answers() == ([], [("stopped", "", "")])
    with acting(caseworker):
        block = ContactBlock.objects.get()
        assert (block.channel, block.why, block.digest) == ("email", "stopped", digest_of("email", EMAIL))


def test_whoever_has_been_forwarded_the_mail_answers_from_another_mailbox(summons, answers):
    comes_back(answer_to(replace(summons, to="a.daughter@example.net"), "Ja"))
    assert [kind for kind, *_ in answers()[0]] == ["yes"]


def test_a_reply_to_a_cancelled_day_is_a_task(summons, answers, acting, caseworker, chain):
    with acting(caseworker):
        cancel_chain(chain=chain, reason="Moved", by=caseworker, at=NOW)
    comes_back(answer_to(summons, "ja"))
    assert answers() == ([], [("late", "yes", "ja")])
    with acting(caseworker):
        assert len(open_replies(caseworker)) == 1


def test_a_protected_party_answers_to_nobody(summons, answers, acting, caseworker, chain):
    with acting(caseworker):
        Party.objects.filter(pk=chain.party_id).update(is_protected=True)
    assert comes_back(answer_to(summons, "ja")) == 204
    assert answers() == ([], [])


def test_a_text_message_has_no_address_to_mail_to(server, chain):
    sweep(NOW)
    (text,) = server.taken()
    assert (text.channel, text.returns_to) == ("sms", "")


def test_two_families_with_one_mailbox_answer_each_for_its_own(
    server, summons, book, reach, acting, caseworker
):
    other = book()
    reach(other, phone="", email=EMAIL)
    sweep(NOW)
    _first, second = server.taken()
    comes_back(without_number(answer_to(summons, "Ja")))
    comes_back(without_number(answer_to(second, "Ja")))
    with acting(caseworker):
        assert SummonsAnswer.objects.filter(kind="yes").count() == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated; owner=x"),
        ("Return-Path", "<>"),
        ("Precedence", "bulk"),
        ("X-Autoreply", "yes"),
        ("X-Failed-Recipients", EMAIL),
    ],
)
def test_an_automatic_answer_is_none(summons, answers, name, value):
    mail = f"{name}: {value}\n".encode() + answer_to(summons, "Ja")
    assert comes_back(mail) == 204
    assert answers() == ([], [])


def test_a_person_may_say_that_it_is_no_automatic_answer(summons, answers):
    comes_back(b"Auto-Submitted: no\n" + answer_to(summons, "Ja"))
    assert len(answers()[0]) == 1


def test_only_the_role_finds_whose_mail_it_was(summons, acting, caseworker):
    key = key_returned_to(summons.returns_to)
    assert key
    for viewer in (NOBODY, Viewer(role="outbox"), Viewer(link="0" * 64)):
        with acting_as(viewer):
            assert recipients_of(key) == []
    others: list[User] = [caseworker, UserFactory(agency="AF"), CoordinatorFactory()]
    for by in others:
        with acting(by):
            assert recipients_of(key) == []
    with acting_as(REPLIES):
        assert len(recipients_of(key)) == 1
        assert Party.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(summons: Taken, answers):
    barrier, mail = Barrier(2), answer_to(summons, "Ja")

    def one(_: int) -> None:
        barrier.wait(60)
        try:
            with acting_as(NOBODY):
                take_mail(raw=mail, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    assert (len(answers()[0]), len(answers()[1])) == (1, 1)
