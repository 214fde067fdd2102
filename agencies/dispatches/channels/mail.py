"""E-mail by the mail server of EMAIL_URL."""

import smtplib
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from agencies.dispatches.channels.outgoing import (
    ChannelMissing,
    ChannelRefused,
    ChannelUnreachable,
    OutcomeUnknown,
    Outgoing,
)

PERMANENT = 500  # SMTP replies from here on will not change


class MailServer:
    """The mail server of the settings."""

    def send(self, outgoing: Outgoing) -> str:
        """Send one plain text and return its Message-ID, which each attempt has in common."""
        number = message_id(outgoing.key)
        # A person reads this; of automatic answers only the one is wanted that it did not arrive.
        headers = {
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": number,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
            "Content-Language": outgoing.language,
        }
        if outgoing.receipt:
            headers["Reply-To"] = outgoing.receipt
        came_from = outgoing.receipt or settings.DEFAULT_FROM_EMAIL  # on the envelope
        mail = EmailMessage(outgoing.subject, outgoing.text, came_from, [outgoing.to], headers=headers)
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refusal(max(code for code, _words in refused.recipients.values())) from None
        except smtplib.SMTPAuthenticationError:
            raise ChannelMissing from None
        except smtplib.SMTPResponseException as refused:  # its greeting, the sender, the text
            raise _refusal(refused.smtp_code, bounced="refused") from None
        except smtplib.SMTPServerDisconnected:
            raise OutcomeUnknown from None
        except (smtplib.SMTPException, ConnectionRefusedError, TimeoutError, OSError):
            raise ChannelUnreachable from None
        except ValueError:  # a line break in subject or address
            raise ChannelRefused("bad_address") from None
        return number


def message_id(key: UUID) -> str:
    """The Message-ID of a key, at the domain of the sender."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{key}@{domain or 'localhost'}>"


def _refusal(code: int, *, bounced: str = "bounced") -> Exception:
    return ChannelRefused(bounced) if code >= PERMANENT else ChannelUnreachable()
