"""Texts leave by a real gateway and a real mail server, each a process of its own."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from agencies.dispatches.channels import sms
from agencies.dispatches.channels.deliver import deliver, missing_channels
from agencies.dispatches.channels.outgoing import (
    ChannelMissing,
    ChannelRefused,
    ChannelUnreachable,
    OutcomeUnknown,
    Outgoing,
)
from motesplats.embedded.processes import free_port
from tests.gateways import StandIn, stand_in

ARABIC = "موتسپلاتس: يوم جديد\nhttp://x.example/d/K7QF"


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with stand_in(tmp_path_factory.mktemp("gateway")) as found:
        yield found


@pytest.fixture
def gateway(running, settings) -> StandIn:
    for name, value in running.settings.items():
        setattr(settings, name, value)
    running.turn("works")
    return running


def text(**changed: Any) -> Outgoing:
    told: dict[str, Any] = {
        "key": uuid4(),
        "channel": "sms",
        "to": "+46701740605",
        "subject": "",
        "language": "ar",
    }
    return Outgoing(**told | {"text": ARABIC} | changed)


def taken_with(gateway: StandIn, outgoing: Outgoing) -> list[dict]:
    return [text for text in gateway.texts() if str(outgoing.key) in text["key"]]


def test_a_text_message_arrives_letter_by_letter_and_its_number_is_kept(gateway):
    outgoing = text()
    number = deliver(outgoing)
    (arrived,) = taken_with(gateway, outgoing)
    assert (arrived["id"], arrived["text"], arrived["to"], arrived["sender"]) == (
        number,
        ARABIC,
        "+46701740605",
        "Motesplats",
    )


def test_the_same_key_arrives_once(gateway):
    outgoing = text()
    assert deliver(outgoing) == deliver(outgoing)
    assert len(taken_with(gateway, outgoing)) == 1


def test_an_email_arrives_in_any_script_under_the_message_id_of_its_key(gateway):
    outgoing = text(channel="email", to="a@example.org", subject="يوم جديد")
    number = deliver(outgoing)
    (arrived,) = taken_with(gateway, outgoing)
    assert arrived["text"].replace("\r\n", "\n") == ARABIC
    assert (arrived["subject"], number) == ("يوم جديد", f"<{outgoing.key}@example.org>")


@pytest.mark.parametrize("receipt", ["", "svar+a1@example.org"])
def test_an_email_says_who_sends_it_and_where_answers_go(gateway, settings, receipt):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver(text(channel="email", to="a@example.org", subject="x", receipt=receipt))
    (sent,) = mail.outbox
    told = sent.message()
    assert told.get_all("From") == ["Motesplats <no-reply@example.org>"]
    assert (sent.from_email, told["Reply-To"]) == (receipt or told["From"], receipt or None)
    # Automatic answers are not wanted, but that it did not arrive (NDR) is.
    assert "OOF" in told["X-Auto-Response-Suppress"]
    assert {"All", "NDR"}.isdisjoint(told["X-Auto-Response-Suppress"].split(", "))


def test_a_mailbox_that_does_not_exist_is_said_to_bounce(gateway):
    with pytest.raises(ChannelRefused, match="bounced"):
        deliver(text(channel="email", to="okand@example.org", subject="x"))


@pytest.mark.parametrize("subject", ["a\nBcc: b@example.org", "a\r\nb"])
def test_a_line_break_in_a_subject_is_refused(gateway, subject):
    with pytest.raises(ChannelRefused, match="bad_address"):
        deliver(text(channel="email", to="a@example.org", subject=subject))


def test_a_gateway_that_refuses_is_not_asked_again(gateway):
    gateway.turn("refuses")
    with pytest.raises(ChannelRefused, match="refused"):
        deliver(text())


def test_a_busy_gateway_has_taken_nothing(gateway):
    gateway.turn("is busy")
    outgoing = text()
    with pytest.raises(ChannelUnreachable):
        deliver(outgoing)
    assert not taken_with(gateway, outgoing)


def test_where_nobody_listens_nothing_was_sent(gateway, settings):
    settings.SMS_URL, settings.EMAIL_PORT = f"http://127.0.0.1:{free_port()}/sms", free_port()
    for channel in ("sms", "email"):
        with pytest.raises(ChannelUnreachable):
            deliver(text(channel=channel, subject="x"))


@pytest.mark.parametrize("mode", ["breaks off", "lies"])
@pytest.mark.parametrize("honours_key", [True, False])
def test_an_answer_that_is_lost_is_retried_only_where_the_key_is_known(gateway, settings, mode, honours_key):
    settings.SMS_HONOURS_KEY = honours_key
    gateway.turn(mode)
    outgoing = text()
    with pytest.raises(OutcomeUnknown) as lost:
        deliver(outgoing)
    assert lost.value.may_retry is honours_key
    gateway.turn("works")
    deliver(outgoing)
    assert len(taken_with(gateway, outgoing)) == 1


def test_a_slow_gateway_may_have_sent_it(gateway, monkeypatch):
    monkeypatch.setattr(sms, "SECONDS", (5, 0.3))
    gateway.turn("slow")
    with pytest.raises(OutcomeUnknown):
        deliver(text())


def test_without_a_gateway_nothing_leaves_and_that_is_said(gateway, settings):
    assert missing_channels() == []
    settings.SMS_URL = settings.EMAIL_URL = ""
    assert missing_channels() == ["sms", "email"]
    with pytest.raises(ChannelMissing):
        deliver(text())
