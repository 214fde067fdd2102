"""The mail server of the stand-in: as much of SMTP (RFC 5321) as a client needs to hand over a text."""

import socketserver
import threading
import time
from email import message_from_bytes, policy
from typing import cast

from motesplats.embedded.stand_in.box import Box, Taken
from motesplats.embedded.stand_in.mail_back import bounce_of, post_mail

# Mailboxes whose names begin so do not exist: it is said at once, or only after the mail was taken.
UNKNOWN, BOUNCES = "okand", "studsar"
REPORTS = 5
LONGEST = 1_000_000  # bytes


class SmtpServer(socketserver.ThreadingTCPServer):
    """Takes mail for every address but those that begin with UNKNOWN."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int, box: Box, *, mails_to: str = "") -> None:
        super().__init__(("127.0.0.1", port), Conversation)
        self.box, self.mails_to = box, mails_to


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Answer line by line until the client leaves."""
        self._from, self._to = "", list[str]()
        self._say("220 stand-in")
        while line := self.rfile.readline(2000):
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                self._say("221 bye")
                return
            self._answer(verb, line.decode("ascii", "replace").strip())

    def _answer(self, verb: bytes, line: str) -> None:
        if verb == b"RCPT":
            self._recipient(line)
        elif verb == b"DATA" and self._to:
            self._say("354 go on")
            self._keep(self._data())
            self._say("250 taken")
        elif verb in (b"EHLO", b"HELO", b"MAIL", b"RSET", b"NOOP"):
            self._to = [] if verb in (b"MAIL", b"RSET") else self._to
            self._from = _address(line) if verb == b"MAIL" else self._from
            self._say("250 stand-in")
        else:
            self._say("503 not now")

    def _recipient(self, line: str) -> None:
        address = _address(line)
        if address.startswith(UNKNOWN):
            self._say("550 no such mailbox")
            return
        self._to.append(address)
        self._say("250 ok")

    def _data(self) -> bytes:
        """The text up to the line that is a full stop."""
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b".\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)[:LONGEST]

    def _keep(self, raw: bytes) -> None:
        mail = message_from_bytes(raw, policy=policy.default)
        body = mail.get_body(("plain",))
        told = {"sender": str(mail["From"]), "subject": str(mail["Subject"]), "key": str(mail["Message-ID"])}
        told |= {"returns_to": self._from, "text": (body.get_content() if body else "").strip()}
        server = cast(SmtpServer, self.server)
        for address in self._to:
            number, _is_new = server.box.take({"channel": "email", "to": address, **told})
            if address.startswith(BOUNCES) and server.mails_to:
                bounced = server.box.text(number)
                threading.Thread(target=_bounce, args=(server.mails_to, bounced), daemon=True).start()

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


def _bounce(address: str, text: Taken) -> None:
    """Report that it could not be delivered; again while nobody takes it."""
    for _attempt in range(REPORTS):
        time.sleep(0.2)
        if post_mail(address, bounce_of(text)) < 300:
            break
