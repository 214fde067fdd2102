"""Take what somebody has answered to a text message or an e-mail."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection

from agencies.refusals import Refusal
from agencies.secrecy.context import Viewer, acting_as
from agencies.validators import clean_phone
from bookings.answers.give import give_answer
from bookings.messages.contacts import close_address, digest_of
from bookings.models import Channel, ContactBlock, Link, Reply
from bookings.replies.kept_words import kept_words
from bookings.replies.senders import REPLIES, Replier, recipients_of, senders_of
from bookings.replies.understand import HELP, STOP, YES, understood
from bookings.replies.words import told

Outcome = Reply.Outcome
# The same words again so soon are the gateway's second attempt, where it numbers no texts.
AGAIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ReplyText:
    """What was said, by which channel, and its number there or ""."""

    channel: str
    text: str
    number: str


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
        senders = senders_of(phone) if phone else []
    reply = _take_once(senders, ReplyText(Channel.SMS, message, number), at=at) if senders else None
    return told(reply.outcome, reply.answer, language=reply.language) if reply else ""


def take_mailed_reply(*, key: UUID, text: str, number: str, at: datetime) -> None:
    """Take what was answered to the e-mail of that key; nothing follows where it went to nobody.

    `text` is what the person has written above our words, `number` the Message-ID or "". Whose mailbox it comes from is
    not asked: who has the e-mail has its link. In a transaction that acts for nobody yet.
    """
    with acting_as(REPLIES):
        senders = recipients_of(key)
    if senders:
        number = digest_of("mail", number) if number else ""
        _take_once(senders, ReplyText(Channel.EMAIL, text, number), at=at)


def _take_once(senders: list[Replier], said: ReplyText, *, at: datetime) -> Reply:
    """The reply that this is again, else what follows from it."""
    with acting_as(REPLIES):
        _one_at_a_time(senders[0].digest)
        known = _known(senders, said, at=at)
    return known or _take(senders, said, at=at)


def _take(senders: list[Replier], said: ReplyText, *, at: datetime) -> Reply:
    meant = understood(said.text)
    open_ones = [one for one in senders if one.is_open]
    if meant == STOP:
        concerned, outcome, answer = senders, Outcome.STOPPED, ""
    elif len(open_ones) > 1:
        concerned, outcome, answer = open_ones, Outcome.SHARED, ""
    elif not open_ones:
        concerned, outcome, answer = senders, Outcome.LATE, meant
    else:
        concerned, answer = open_ones, meant
        outcome = _give(open_ones[0], meant, said, at=at)
    # Of several families one has written: nobody reads whose words they are.
    is_kept = outcome in {Outcome.LATE, Outcome.NOT_TAKEN} and len(concerned) == 1
    row = {
        "outcome": outcome,
        "answer": answer,
        "text": kept_words(said.text) if is_kept else "",
        "said": _digest_of_words(said),
        "provider_id": said.number[:100],
        "at": at,
    }
    with acting_as(REPLIES):
        if meant == STOP:
            _close(concerned, said.channel, at=at)
        replies = [_written(one, row) for one in concerned]
    return replies[0]


def _give(one: Replier, meant: str, said: ReplyText, *, at: datetime) -> Outcome:
    """The answer of the link to which the text belonged."""
    why, text = ("", "") if meant == YES else ("other" if meant != HELP else "", kept_words(said.text))
    try:
        with acting_as(Viewer(link=one.token_hash)):
            link = Link.objects.get(pk=one.link)
            give_answer(link=link, answer=meant, why=why, text=text, source=said.channel, at=at)
    except (Refusal, Link.DoesNotExist):
        return Outcome.NOT_TAKEN
    return Outcome.ANSWERED


def _written(one: Replier, row: dict[str, object]) -> Reply:
    of = {"party_id": one.party, "chain_id": one.chain, "language": one.language, "sender": one.digest}
    return Reply.objects.create(**of, **row)


def _close(concerned: list[Replier], channel: str, *, at: datetime) -> None:
    why = ContactBlock.Why.STOPPED
    for one in concerned:
        close_address(party=one.party, channel=channel, digest=one.digest, why=why, at=at)


def _known(senders: list[Replier], said: ReplyText, *, at: datetime) -> Reply | None:
    """The reply that this is again: of the same number at the gateway; else the last one, if it was the same."""
    parties = [one.party for one in senders]
    replies = Reply.objects.filter(sender=senders[0].digest, party__in=parties).order_by("-pk")
    if said.number:
        return replies.filter(provider_id=said.number[:100]).first()
    last = replies.first()
    return last if last and last.said == _digest_of_words(said) and at - last.at < AGAIN else None


def _one_at_a_time(digest: str) -> None:
    """Let the replies from one address wait for each other until the transaction ends."""
    place = int.from_bytes(hashlib.sha256(digest.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [place])


def _digest_of_words(said: ReplyText) -> str:
    return digest_of("said", " ".join(said.text.split()))
