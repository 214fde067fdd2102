"""The SMS gateway of the stand-in, with the faults that a real one may have."""

import json
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from motesplats.embedded.stand_in.box import Box
from motesplats.embedded.stand_in.mail_back import answer_to, bounce_of, post_mail
from motesplats.embedded.stand_in.page import page

MODES = (
    "works",
    "forgets keys",  # sends again what comes with a known key
    "slow",  # takes the text, and answers after the client has given up
    "refuses",  # 400
    "is busy",  # 503
    "breaks off",  # takes the text, and closes without an answer
    "lies",  # 200 without a number
    "reports twice",
    "says it failed",  # the report of delivery
)
MOST_BYTES = 100_000
REPORTS, NOBODY_THERE = 5, 599
NUMBER = "Motesplats"  # that people answer to


class SmsServer(ThreadingHTTPServer):
    """The gateway at `/sms`, its page at `/`, what it has taken as JSON at `/texts`."""

    daemon_threads = True

    def __init__(
        self, port: int, box: Box, *, replies_to: str = "", mails_to: str = "", slow_seconds: float = 30
    ) -> None:
        super().__init__(("127.0.0.1", port), GatewayRequest)
        self.box, self.replies_to, self.mails_to = box, replies_to, mails_to
        self.slow_seconds = slow_seconds
        self.mode = "works"


class GatewayRequest(BaseHTTPRequestHandler):
    """One request."""

    @property
    def gateway(self) -> SmsServer:
        return cast(SmsServer, self.server)

    def do_GET(self) -> None:
        """The page, or what was taken as JSON."""
        if self.path == "/texts":
            self._answer(200, [asdict(text) for text in self.gateway.box.texts()])
        elif self.path == "/":
            self._send(200, page(self.gateway.box.texts()).encode(), "text/html; charset=utf-8")
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        """A text, an answer typed on the page, or another mode."""
        length = min(int(self.headers.get("Content-Length") or 0), MOST_BYTES)
        form = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        if self.path == "/sms":
            self._sms(form)
        elif self.path == "/reply":
            self._reply(form)
        elif self.path == "/mail-back":
            self._mail_back(form)
        elif self.path == "/mode" and form.get("mode") in MODES:
            self.gateway.mode = form["mode"]
            self._answer(200, {"mode": form["mode"]})
        else:
            self._answer(404, {})

    def _sms(self, form: dict[str, str]) -> None:
        mode = self.gateway.mode
        if refusal := {"refuses": 400, "is busy": 503}.get(mode):
            self._answer(refusal, {"error": mode})
            return
        told = {"sender": form.get("from", ""), "to": form.get("to", ""), "text": form.get("message", "")}
        told |= {"channel": "sms", "subject": "", "key": self.headers.get("Idempotency-Key", "")}
        number, is_new = self.gateway.box.take(told, honours_key=mode != "forgets keys")
        if mode == "slow":
            time.sleep(self.gateway.slow_seconds)
        if mode == "breaks off":
            self.close_connection = True
            self.connection.close()
            return
        self._answer(200, {} if mode == "lies" else {"id": number, "status": "created", "to": told["to"]})
        if is_new and (address := form.get("whendelivered")):
            threading.Thread(target=_report, args=(address, number, mode), daemon=True).start()

    def _reply(self, form: dict[str, str]) -> None:
        sender, text = form.get("from", ""), form.get("message", "")
        told = {"channel": "sms", "sender": sender, "to": NUMBER, "subject": "", "text": text, "key": ""}
        self.gateway.box.take(told, is_reply=True)
        if self.gateway.replies_to:
            told = {"from": sender, "to": NUMBER, "message": text}
            _status, words = _post(self.gateway.replies_to, told)
            if words:  # the body of the answer is sent back, as gateways do
                self._answer_back(sender, words)
        self._show_page()

    def _mail_back(self, form: dict[str, str]) -> None:
        """Answer an e-mail, or, without words, let it bounce."""
        try:
            text = self.gateway.box.text(form.get("id", ""))
        except KeyError:
            self._answer(404, {})
            return
        words = form.get("message", "")
        told = {"channel": "email", "sender": text.to, "to": text.returns_to, "subject": "", "key": ""}
        self.gateway.box.take(told | {"text": words or "(studsade)"}, is_reply=True)
        if self.gateway.mails_to and text.returns_to:
            post_mail(self.gateway.mails_to, answer_to(text, words) if words else bounce_of(text))
        self._show_page()

    def _show_page(self) -> None:
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer_back(self, to: str, words: str) -> None:
        told = {"channel": "sms", "sender": NUMBER, "to": to, "subject": "", "text": words, "key": ""}
        self.gateway.box.take(told)

    def _answer(self, status: int, told: Any) -> None:
        self._send(status, json.dumps(told, ensure_ascii=False).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        with suppress(ConnectionError):  # whoever asked has stopped waiting, as in the mode "slow"
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing: a log would hold numbers."""


def _report(address: str, number: str, mode: str) -> None:
    """Report that the text has arrived, or not; again while nobody takes it."""
    status = "failed" if mode == "says it failed" else "delivered"
    for _ in range(2 if mode == "reports twice" else 1):
        for _attempt in range(REPORTS):
            time.sleep(0.2)
            answered, _words = _post(address, {"id": number, "status": status})
            if answered < 300:
                break


def _post(address: str, form: dict[str, str]) -> tuple[int, str]:
    """Post a form; the status of the answer and its words, or 599 and none when nobody is there."""
    sent = urllib.parse.urlencode(form).encode()
    try:
        with urllib.request.urlopen(address, sent, timeout=10) as answer:  # noqa: S310  our own addresses
            return answer.status, answer.read(MOST_BYTES).decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, ""
    except (urllib.error.URLError, OSError):
        return NOBODY_THERE, ""
