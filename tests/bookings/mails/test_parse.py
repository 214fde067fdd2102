"""Mail as it comes, and what is none: nothing of it ends in anything but a report, an answer, or NoMail."""

from contextlib import suppress
from email.message import EmailMessage
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.mails.parse import MailedReply, NoMail, Report, read, recipients
from motesplats.embedded.stand_in.box import Taken
from motesplats.embedded.stand_in.mail_back import answer_to, bounce_of

OURS = ("no-reply@example.org",)
TEXT = Taken(
    "s1", "email", "Motesplats <no-reply@example.org>", "a@example.org", "Din dag", "Hej", "<k@x>", ""
)
HEAD = b"From: a@example.org\nTo: svar@example.org\n"
POSTFIX = b"""Return-Path: <>
From: MAILER-DAEMON@mail.example (Mail Delivery System)
To: svar+x@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
X-Postfix-Queue-ID: 4RXYZ
Arrival-Date: Fri, 27 Nov 2026 10:22:00 +0100 (CET)

Final-Recipient: rfc822; a@example.org
Original-Recipient: rfc822;a@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 5.1.1 <a@example.org>: Recipient address rejected: User unknown
    in virtual mailbox table

--B
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: Motesplats <no-reply@example.org>
Subject: Din dag

Hej

--B--
"""
READ_RECEIPT = POSTFIX.replace(b"delivery-status", b"disposition-notification").replace(
    b"Action", b"Disposition"
)


def said(mail: bytes) -> Report | MailedReply | None:
    return read(mail, ours=OURS)


def test_a_real_bounce_is_read():
    assert said(POSTFIX) == Report("bounced")
    assert said(POSTFIX.replace(b"\n", b"\r\n")) == Report("bounced")
    assert recipients(POSTFIX) == "svar+x@example.org"


def test_a_receipt_that_it_was_read_says_nothing():
    assert said(READ_RECEIPT) is None


@pytest.mark.parametrize(
    ("fates", "word"),
    [
        ((("failed", "5.1.1"), ("failed", "5.1.1")), "bounced"),
        ((("failed", "5.1.1"), ("failed", "4.4.7")), "returned"),
        ((("failed", "5.1.1"), ("relayed", "2.0.0")), ""),
        ((("failed", "5.1.1"), ("delivered", "2.0.0")), "delivered"),
    ],
)
def test_of_a_mailbox_that_forwards_to_several_one_is_enough(fates, word):
    (first, status), (second, other) = fates
    mail = bounce_of(TEXT, action=first, status=status)
    block = b"\n\nFinal-Recipient: rfc822; b@example.org\nAction: " + second.encode()
    end = b"Status: " + status.encode()
    assert said(mail.replace(end, end + block + b"\nStatus: " + other.encode())) == Report(word)


def test_a_bounce_that_somebody_forwards_is_words_of_a_person():
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@example.org", "svar@example.org"
    mail.set_content("Vad betyder detta?")
    mail.add_attachment(POSTFIX, maintype="application", subtype="octet-stream")
    assert said(mail.as_bytes()) == MailedReply("Vad betyder detta?", "")


def test_a_bounce_without_its_report_says_nothing():
    head, _report = POSTFIX.split(b"--B\nContent-Description: Delivery report")
    assert said(head) is None
    assert said(POSTFIX.replace(b"Action: failed\n", b"")) is None


def test_a_photograph_beside_the_words_is_no_obstacle():
    mail = MIMEMultipart()
    mail["From"], mail["To"] = "a@example.org", "svar@example.org"
    mail.attach(MIMEText("Ja"))
    mail.attach(MIMEImage(b"\xff\xd8" * 2_000_000, "jpeg"))
    raw = mail.as_bytes()
    assert said(raw) == said(raw[:1_000_000]) == MailedReply("Ja", "")


def test_of_html_alone_the_words_are_read():
    mail = MIMEText("<div>Ja</div><blockquote>Din dag</blockquote>", "html")
    mail["To"] = "svar@example.org"
    assert said(mail.as_bytes()) == MailedReply("Ja", "")


@pytest.mark.parametrize(("subject", "words"), [("STOP", "STOP"), ("Re: Din dag", ""), ("", "")])
def test_without_a_text_the_subject_speaks(subject, words):
    mail = EmailMessage()
    mail["Subject"], mail["To"] = subject, "svar@example.org"
    assert said(mail.as_bytes()) == MailedReply(words, "")


@pytest.mark.parametrize(
    "kind",
    [
        b"text/plain; charset=klingon",
        b"text/plain; charset=\xff",
        b"text/plain; charset",
        b"text/plain",
        b";",
    ],
)
def test_a_wrong_character_set_leaves_what_can_be_read(kind):
    answer = said(HEAD + b"Content-Type: " + kind + b"\n\nJa \xc3\xa5 \xff\n")
    assert isinstance(answer, MailedReply)
    assert answer.text.startswith("Ja")


def test_arabic_in_its_old_character_set_is_read():
    mail = HEAD + b"Content-Type: text/plain; charset=windows-1256\n\n" + "نعم".encode("windows-1256")
    assert said(mail) == MailedReply("نعم", "")


@pytest.mark.parametrize("raw", [b"", b"\n", b"\n\nJa", b"Ja", bytes(range(256)) * 40, b"\0" * 1000])
def test_what_is_no_mail_is_none(raw):
    with pytest.raises(NoMail):
        recipients(raw)


def test_a_nest_too_deep_is_none():
    nest = HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(3000)
    )
    assert recipients(nest)
    with suppress(NoMail):
        assert isinstance(said(nest), MailedReply)


def test_a_header_that_holds_another_names_nobody_more():
    mail = b"To: a@example.org\nSubject: =?utf-8?q?x=0ATo:_svar=40example.org?=\n\nJa"
    assert recipients(mail) == "a@example.org"


WHOLE = (POSTFIX, bounce_of(TEXT), answer_to(TEXT, "Ja"))


@given(st.sampled_from(WHOLE), st.integers(0, 2000), st.integers(0, 2000), st.binary(max_size=40))
def test_a_mail_with_a_hole_is_read_or_none(mail, start, end, filling):
    with suppress(NoMail):
        broken = mail[:start] + filling + mail[end:]
        recipients(broken)
        assert isinstance(said(broken), Report | MailedReply | None)
