"""Take what somebody has answered to a text message."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from unicodedata import category

from django.core.exceptions import ValidationError
from django.db import connection

from agencies.refusals import Refusal
from agencies.secrecy.context import Viewer, acting_as
from agencies.validators import JOINERS, UNSEEN, clean_phone, validate_plain
from bookings.answers.give import give_answer
from bookings.messages.contacts import close_address, digest_of
from bookings.models import Channel, ContactBlock, Link, Reply
from bookings.replies.senders import REPLIES, Replier, senders_of
from bookings.replies.understand import HELP, STOP, YES, understood
from bookings.replies.words import told

Outcome = Reply.Outcome
# The same words again so soon are the gateway's second attempt, where it numbers no texts.
AGAIN = timedelta(minutes=10)
LONGEST = 300  # characters


def take_reply(*, sender: str, message: str, number: str, at: datetime) -> str:
    """What the sender is told; "" for a number that nobody has. A reply that comes again is told the same, and is one.

    `sender` is a telephone number, `number` that of the reply at the gateway, or "". In a transaction that acts for
    nobody yet.
    """
    try:
        phone = clean_phone(sender)
    except ValidationError:
        return ""
    with acting_as(REPLIES):
        _one_at_a_time(phone)
        senders = senders_of(phone) if phone else []
        known = _known(phone, message, number, at=at) if senders else None
    if not senders:
        return ""
    if known:
        return told(known.outcome, known.answer, language=known.language)
    return _take(senders, phone, message, number, at=at)


def _take(senders: list[Replier], phone: str, message: str, number: str, *, at: datetime) -> str:
    meant = understood(message)
    open_ones = [one for one in senders if one.is_open]
    if meant == STOP:
        concerned, outcome, answer = senders, Outcome.STOPPED, ""
    elif len(open_ones) > 1:
        concerned, outcome, answer = open_ones, Outcome.SHARED, ""
    elif not open_ones:
        concerned, outcome, answer = senders, Outcome.LATE, meant
    else:
        concerned, answer = open_ones, meant
        outcome = _give(open_ones[0], meant, message, at=at)
    # Of several families one has written: nobody reads whose words they are.
    is_kept = outcome in {Outcome.LATE, Outcome.NOT_TAKEN} and len(concerned) == 1
    row = {
        "outcome": outcome,
        "answer": answer,
        "text": _cut(message) if is_kept else "",
        "sender": digest_of(Channel.SMS, phone),
        "said": _said(message),
        "provider_id": number[:100],
        "at": at,
    }
    with acting_as(REPLIES):
        _write(concerned, row, is_stop=meant == STOP, at=at)
    return told(outcome, answer, language=concerned[0].language)


def _give(one: Replier, meant: str, message: str, *, at: datetime) -> Outcome:
    """The answer of the link to which the text belonged."""
    why, text = ("", "") if meant == YES else ("other" if meant != HELP else "", _cut(message))
    try:
        with acting_as(Viewer(link=one.token_hash)):
            link = Link.objects.get(pk=one.link)
            give_answer(link=link, answer=meant, why=why, text=text, source="sms", at=at)
    except (Refusal, Link.DoesNotExist):
        return Outcome.NOT_TAKEN
    return Outcome.ANSWERED


def _write(concerned: Iterable[Replier], row: dict[str, object], *, is_stop: bool, at: datetime) -> None:
    for one in concerned:
        Reply.objects.create(party_id=one.party, chain_id=one.chain, language=one.language, **row)
        if is_stop:
            digest, why = str(row["sender"]), ContactBlock.Why.STOPPED
            close_address(party=one.party, channel=Channel.SMS, digest=digest, why=why, at=at)


def _known(phone: str, message: str, number: str, *, at: datetime) -> Reply | None:
    """The reply that this is again: of the same number at the gateway; else the last one, if it was the same."""
    replies = Reply.objects.filter(sender=digest_of(Channel.SMS, phone)).order_by("-pk")
    if number:
        return replies.filter(provider_id=number[:100]).first()
    last = replies.first()
    return last if last and last.said == _said(message) and at - last.at < AGAIN else None


def _one_at_a_time(phone: str) -> None:
    """Let the replies of one telephone wait for each other until the transaction ends."""
    place = int.from_bytes(hashlib.sha256(phone.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [place])


def _said(message: str) -> str:
    return digest_of("said", " ".join(message.split()))


def _cut(message: str) -> str:
    """What can be kept as somebody's words: nothing that is not seen, and not more than two text messages hold."""
    text = UNSEEN.sub("", "".join(sign if sign.isprintable() or sign in JOINERS else " " for sign in message))
    text = " ".join(text.split())[:LONGEST].strip()
    try:
        validate_plain(text)
    except ValidationError:
        text = "".join(sign for sign in text if category(sign)[0] != "C")
    return text
