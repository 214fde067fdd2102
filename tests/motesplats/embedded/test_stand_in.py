"""The stand-in behaves as a gateway does: reports again what is not taken, and sends our answer to a reply."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from motesplats.embedded.processes import free_port, wait_until
from motesplats.embedded.stand_in.box import Box
from motesplats.embedded.stand_in.gateway import SmsServer
from tests.gateways import StandIn

PHONE = "+46701740612"


class Ours(ThreadingHTTPServer):
    """Stands for the application: refuses the first report, and has a word for each reply."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.got: list[tuple[str, dict[str, str]]] = []


class Taking(BaseHTTPRequestHandler):
    server: Ours

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.got.append((self.path, dict(parse_qsl(self.rfile.read(length).decode()))))
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
    port = free_port()
    replies_to = f"http://127.0.0.1:{ours.server_port}/replies"
    with SmsServer(port, Box(tmp_path / "taken"), replies_to=replies_to) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield StandIn(f"http://127.0.0.1:{port}", 0)
        server.shutdown()


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
