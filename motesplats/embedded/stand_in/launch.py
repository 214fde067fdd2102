"""Start the stand-in beside the demo, and the settings that send to it."""

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from motesplats.embedded.processes import Process, free_port, start

GIVEN = ("SMS_URL", "EMAIL_URL")


@dataclass(frozen=True, slots=True)
class Gateways:
    """Where a stand-in will listen."""

    folder: Path
    port: int  # of the application
    http_port: int
    smtp_port: int
    reply_secret: str
    mail_secret: str

    @property
    def page(self) -> str:
        """The address at which one sees what would have arrived."""
        return f"http://localhost:{self.http_port}"

    @property
    def env(self) -> dict[str, str]:
        """The environment of whoever sends to it."""
        return {
            "SMS_URL": f"http://127.0.0.1:{self.http_port}/sms",
            "SMS_USER": "demo",
            "SMS_PASSWORD": "demo",
            "SMS_HONOURS_KEY": "true",
            "REPLY_SECRET": self.reply_secret,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "EMAIL_FROM": "Motesplats <no-reply@demo.example>",
            "RETURN_ADDRESS": "svar@demo.example",
            "MAIL_SECRET": self.mail_secret,
        }

    def start(self, *, env: Mapping[str, str], log: Path) -> Process:
        """Run it in a process of its own."""
        command = [sys.executable, "-m", "motesplats.embedded.stand_in", str(self.folder)]
        ports = [str(self.http_port), str(self.smtp_port)]
        ours = f"http://127.0.0.1:{self.port}/api/v1"
        back = [f"{ours}/replies/{self.reply_secret}/", f"{ours}/mails/{self.mail_secret}/"]
        return start("stand-in", [*command, *ports, *back], env=env, log=log)


def gateways_for(data_dir: Path, *, port: int, env: Mapping[str, str]) -> Gateways | None:
    """A stand-in for the demo; none where the environment names a gateway of its own."""
    if any(env.get(name) for name in GIVEN):
        return None
    reply_secret, mail_secret = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    return Gateways(data_dir, port, free_port(), free_port(), reply_secret, mail_secret)
