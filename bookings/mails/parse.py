"""What a mail that comes back says: the fate of ours, or what a person answers. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from typing import cast

from bookings.mails.own_words import own_words, text_of_html

RECIPIENTS = frozenset({"to", "cc", "delivered-to", "x-original-to", "envelope-to"})
# A program wrote it, or it is a report of another kind.
PROGRAMS = re.compile(r"mailer-daemon|postmaster@", re.IGNORECASE)
BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
# For good, and not because of the system, the content, or what is allowed: 3, 6, 7 of RFC 3463.
OF_ADDRESS = re.compile(r"\s*5\.(?![367]\.)\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server reports of ours, in a word of `receive`: delivered, bounced, returned; else ""."""

    status: str


@dataclass(frozen=True, slots=True)
class MailedReply:
    """What a person has written, and the Message-ID, or ""."""

    text: str
    number: str


class NoMail(Exception):
    """That is no mail, or one that cannot be read."""


def recipients(raw: bytes) -> str:
    """To whom the mail's headers say that it goes, one header a line. Raises NoMail."""
    headers = BytesHeaderParser(policy=policy.default).parsebytes(raw)
    if not headers.keys():
        raise NoMail
    return "\n".join(_values(headers, *RECIPIENTS))


def read(raw: bytes, *, ours: Collection[str]) -> Report | MailedReply | None:
    """What it says, None where a program answers; `ours` are words that only a quoted mail has. Raises NoMail."""
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        if mail.get_content_type() == "multipart/report":
            return _report(mail)
        if _is_of_program(mail):
            return None
        return MailedReply(own_words(_text(mail), ours=ours), next(iter(_values(mail, "message-id")), ""))
    except Exception as error:  # `email` raises of many kinds: at a header that is none, at too deep a nest
        raise NoMail from error


def _report(mail: EmailMessage) -> Report | None:
    """Of a delivery status notification (RFC 3464); ours had one recipient, who may be several elsewhere."""
    parts = [part for part in mail.iter_parts() if part.get_content_type() == "message/delivery-status"]
    words = {_word(block) for part in parts for block in _blocks(part) if block["Action"]}
    if not words:
        return None
    return Report(next((word for word in ("delivered", "", "returned", "bounced") if word in words), ""))


def _blocks(part: Message) -> Iterator[Message]:
    told = part.get_payload()
    yield from (block for block in told if isinstance(block, Message)) if isinstance(told, list) else ()


def _word(block: Message) -> str:
    action = str(block["Action"]).split()[0].casefold()
    if action != "failed":  # delayed, relayed, expanded
        return "delivered" if action == "delivered" else ""
    of_address = OF_ADDRESS.match(str(block["Status"] or ""))
    return "bounced" if of_address else "returned"


def _is_of_program(mail: EmailMessage) -> bool:
    """Whether it is an automatic answer (RFC 3834), a bounce of an old kind, or sent to many."""
    submitted = [value.partition(";")[0].strip().casefold() for value in _values(mail, "auto-submitted")]
    return (
        any(value != "no" for value in submitted)
        or any(value.strip() == "<>" for value in _values(mail, "return-path"))
        or any(value.strip().casefold() in BULK for value in _values(mail, "precedence"))
        or any(PROGRAMS.search(value) for value in _values(mail, "from"))
        or bool(_values(mail, "x-failed-recipients", "x-autoreply", "x-autorespond", "list-id"))
    )


def _text(mail: EmailMessage) -> str:
    """Its plain text, else the words of its HTML, else what stands in a subject of its own."""
    for kind, read_part in (("plain", str), ("html", text_of_html)):
        part = mail.get_body((kind,))
        text = read_part(_decoded(part)) if part else ""
        if text.strip():
            return text
    subject = str(mail["Subject"] or "")
    return "" if ":" in subject else subject  # Re:, Sv:


def _decoded(part: Message) -> str:
    raw = cast(bytes, part.get_payload(decode=True) or b"")
    try:
        return raw.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # no such character set
        return raw.decode("utf-8", "replace")


def _values(mail: Message, *names: str) -> list[str]:
    """The values of these headers as they stand there; parsed, one that is none may raise."""
    return [str(value) for name, value in mail.raw_items() if name.casefold() in names]
