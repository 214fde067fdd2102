"""Take a mail that has come back to us."""

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _

from agencies.refusals import Refusal
from bookings.mails.parse import MailedReply, NoMail, Report, read, recipients
from bookings.messages.receipt_addresses import key_returned_to
from bookings.messages.take_report import take_report
from bookings.replies.take import take_mailed_reply


class UnreadableMail(Refusal):
    """What has come is no mail."""

    kind = "unreadable-mail"


def take_mail(*, raw: bytes, at: datetime) -> None:
    """Settle the message of ours that the mail reports of, or take what is answered to it; else nothing follows.

    `raw` is the mail (RFC 5322), or its beginning. In a transaction that acts for nobody yet. Raises UnreadableMail,
    and NotSentYet for what is to come again; then nothing is written.
    """
    try:
        key = key_returned_to(recipients(raw))
        said = read(raw, ours=_ours()) if key else None
    except NoMail:
        raise UnreadableMail(_("This is no e-mail that can be read.")) from None
    if key is None:
        return
    match said:
        case Report(status):
            take_report(key=key, status=status, at=at)
        case MailedReply(text, number):
            take_mailed_reply(key=key, text=text, number=number, at=at)


def _ours() -> tuple[str, ...]:
    """What stands in our mail, or above it where it is quoted, and in nobody's own words."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1], f"{settings.BASE_URL}/"
