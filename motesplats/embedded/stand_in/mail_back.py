"""Mail that goes back to where an e-mail came from: that it could not be delivered (RFC 3464), or an answer."""

import urllib.error
import urllib.request
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import make_msgid

from motesplats.embedded.stand_in.box import Taken

NOBODY_THERE = 599
DOMAIN = "stand-in.example"


def bounce_of(text: Taken, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """The delivery status notification of a mail server that had taken it."""
    mail = MIMEMultipart("report", report_type="delivery-status")
    mail["From"], mail["To"] = f"Mail Delivery System <MAILER-DAEMON@{DOMAIN}>", text.returns_to
    mail["Subject"], mail["Auto-Submitted"] = "Undelivered Mail Returned to Sender", "auto-replied"
    mail["Message-ID"] = make_msgid(domain=DOMAIN)
    mail.attach(MIMEText(f"Your message to {text.to} could not be delivered."))
    server, recipient = Message(), Message()
    server["Reporting-MTA"] = f"dns; {DOMAIN}"
    recipient["Final-Recipient"] = f"rfc822; {text.to}"
    recipient["Action"], recipient["Status"] = action, status
    fate = Message()
    fate["Content-Type"] = "message/delivery-status"
    fate.set_payload([server, recipient])
    mail.attach(fate)
    return mail.as_bytes()


def answer_to(text: Taken, words: str) -> bytes:
    """What somebody answers from the mailbox, above the text that is answered."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = text.to, text.returns_to, f"Re: {text.subject}"
    mail["Message-ID"], mail["In-Reply-To"] = make_msgid(domain=DOMAIN), text.key
    quoted = "".join(f"> {line}\n" for line in text.text.splitlines())
    mail.set_content(f"{words}\n\n{text.sender}:\n{quoted}")
    return mail.as_bytes()


def post_mail(address: str, mail: bytes) -> int:
    """Post it to where the application takes mail; the status of the answer, or 599 when nobody is there."""
    request = urllib.request.Request(address, mail, {"Content-Type": "message/rfc822"})  # noqa: S310  our own
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (urllib.error.URLError, OSError):
        return NOBODY_THERE
