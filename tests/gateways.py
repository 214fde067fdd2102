"""The stand-in of SMS gateway and mail server as a process of its own, for tests that send."""

import json
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motesplats.embedded.processes import free_port, wait_until


@dataclass(frozen=True)
class StandIn:
    """Where it is, and what it has taken."""

    http: str
    smtp_port: int

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that send to it."""
        return {
            "SMS_URL": f"{self.http}/sms",
            "SMS_USER": "u",
            "SMS_PASSWORD": "p",
            "SMS_FROM": "Motesplats",
            "SMS_HONOURS_KEY": True,
            "EMAIL_URL": "smtp://",
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": self.smtp_port,
            "DEFAULT_FROM_EMAIL": "Motesplats <no-reply@example.org>",
        }

    def texts(self) -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.http}/texts", timeout=30) as answer:
            return json.load(answer)

    def turn(self, mode: str) -> None:
        self.post("/mode", mode=mode)

    def post(self, path: str, **form: str) -> None:
        urllib.request.urlopen(self.http + path, urllib.parse.urlencode(form).encode(), timeout=30).close()

    def answers(self) -> bool:
        try:
            self.texts()
        except OSError:
            return False
        return True


@contextmanager
def stand_in(folder: Path, *, replies_to: str = "", mails_to: str = "") -> Iterator[StandIn]:
    """Run one until the test is over."""
    http_port, smtp_port = free_port(), free_port()
    command = [sys.executable, "-m", "motesplats.embedded.stand_in", str(folder)]
    process = subprocess.Popen([*command, str(http_port), str(smtp_port), replies_to, mails_to])
    found = StandIn(f"http://127.0.0.1:{http_port}", smtp_port)
    try:
        assert wait_until(found.answers, processes=[], seconds=20)
        yield found
    finally:
        process.terminate()
        process.wait(10)
