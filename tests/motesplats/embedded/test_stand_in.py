"""The stand-in behaves as a gateway does: reports again what is not taken, and sends our answer to a reply."""

import json
import smtplib
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from motesplats.embedded.processes import free_port, wait_until
from motesplats.embedded.stand_in.box import Box
from motesplats.embedded.stand_in.gateway import SmsServer
from motesplats.embedded.stand_in.page import page
from motesplats.embedded.stand_in.smtp import SmtpServer
from tests.gateways import StandIn

PHONE, BACK = "+46701740612", "svar+a1@example.org"


class Ours(ThreadingHTTPServer):
    """Stands for the application: refuses the first report, and has a word for each reply."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.got: list[tuple[str, dict[str, str]]] = []
        self.mails: list[EmailMessage] = []


class Taking(BaseHTTPRequestHandler):
    server: Ours

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/mails":
            self.server.mails.append(message_from_bytes(body, policy=policy.default))
        else:
            self.server.got.append((self.path, dict(parse_qsl(body.decode()))))
        words = b"Thank you." if self.path == "/replies" else b""
        self.send_response(409 if self.path == "/receipts" and len(self.server.got) == 1 else 200)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def ours() -> Iterator[Ours]:
    with Ours() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def gateway(tmp_path: Path, ours: Ours) -> Iterator[StandIn]:
    port, smtp_port, box = free_port(), free_port(), Box(tmp_path / "taken")
    at = f"http://127.0.0.1:{ours.server_port}"
    servers = (
        SmsServer(port, box, replies_to=f"{at}/replies", mails_to=f"{at}/mails"),
        SmtpServer(smtp_port, box, mails_to=f"{at}/mails"),
    )
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield StandIn(f"http://127.0.0.1:{port}", smtp_port)
    for server in servers:
        server.shutdown()
        server.server_close()


def mail_to(gateway: StandIn, to: str) -> None:
    """As the application sends it: with an address of its own on the envelope."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Motesplats <no-reply@example.org>", to, "Din dag"
    mail.set_content("Hej")
    with smtplib.SMTP("127.0.0.1", gateway.smtp_port, timeout=30) as client:
        client.sendmail(BACK, [to], mail.as_bytes())


def test_a_report_that_is_not_taken_comes_again(gateway: StandIn, ours: Ours) -> None:
    address = f"http://127.0.0.1:{ours.server_port}/receipts"
    gateway.post("/sms", **{"from": "Motesplats", "to": PHONE, "message": "Hej", "whendelivered": address})
    assert wait_until(lambda: len(ours.got) == 2, processes=[], seconds=10)
    number = gateway.texts()[0]["id"]
    assert ours.got == [("/receipts", {"id": number, "status": "delivered"})] * 2


def test_what_we_answer_to_a_reply_is_a_text_to_its_sender(gateway: StandIn, ours: Ours) -> None:
    gateway.post("/reply", **{"from": PHONE, "message": "Ja"})
    assert ours.got[0][1]["message"] == "Ja"
    told = [(text["to"], text["text"], text["is_reply"]) for text in gateway.texts()]
    assert told == [("Motesplats", "Ja", True), (PHONE, "Thank you.", False)]


def test_a_mail_that_was_taken_bounces_afterwards(gateway: StandIn, ours: Ours) -> None:
    mail_to(gateway, "studsar@example.org")
    assert wait_until(lambda: bool(ours.mails), processes=[], seconds=10)
    (bounced,) = ours.mails
    assert (bounced["To"], bounced.get_content_type()) == (BACK, "multipart/report")
    (recipient,) = (part for part in bounced.walk() if part["Action"])
    assert (recipient["Action"], recipient["Status"]) == ("failed", "5.1.1")


@pytest.mark.parametrize(("words", "kind"), [("Ja", "text/plain"), ("", "multipart/report")])
def test_a_mail_is_answered_or_bounces_from_the_page(
    gateway: StandIn, ours: Ours, words: str, kind: str
) -> None:
    mail_to(gateway, "a@example.org")
    (taken,) = gateway.texts()
    assert taken["returns_to"] == BACK
    gateway.post("/mail-back", id=taken["id"], message=words)
    (back,) = ours.mails
    assert (back["To"], back.get_content_type()) == (BACK, kind)
    assert [text["is_reply"] for text in gateway.texts()] == [False, True]


def test_only_a_mail_that_can_come_back_is_answered_on_the_page(tmp_path: Path) -> None:
    box = Box(tmp_path / "taken")
    told = {"channel": "email", "sender": "m@example.org", "to": "a@example.org", "subject": "", "key": ""}
    box.take(told | {"text": "Hej"})
    assert "/mail-back" not in page(box.texts())
    box.take(told | {"text": "Hej", "returns_to": BACK})
    assert page(box.texts()).count("/mail-back") == 2


def test_what_was_taken_before_there_was_a_return_address_is_still_shown(tmp_path: Path) -> None:
    old = {
        "id": "s1",
        "channel": "email",
        "sender": "m@x",
        "to": "a@x",
        "subject": "",
        "text": "Hej",
        "key": "",
    }
    (tmp_path / "taken").write_text(json.dumps(old | {"at": "2026-11-27T10:22:00+00:00"}) + "\n")
    assert "Hej" in page(Box(tmp_path / "taken").texts())
