"""A family with a mailbox alone, its summons sent by a real mail server, and what comes back of it."""

from dataclasses import dataclass

import pytest
from django.test import Client

from motesplats.embedded.stand_in.box import Taken
from tests.bookings.messages.conftest import EMAIL, chain, fates, reach, sweep
from tests.gateways import StandIn, stand_in
from tests.moment import NOW

__all__ = ["chain", "fates", "reach"]
SECRET = "a-secret-of-forty-characters-for-the-mail"


@dataclass
class MailServer:
    """The stand-in, and what it has taken since the test began."""

    house: StandIn
    begins: int

    def taken(self) -> list[Taken]:
        return [Taken(**text) for text in self.house.texts()[self.begins :]]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with stand_in(tmp_path_factory.mktemp("gateway")) as found:
        yield found


@pytest.fixture
def server(running, settings) -> MailServer:
    mail_back = {"RETURN_ADDRESS": "svar@example.org", "MAIL_SECRET": SECRET}
    for name, value in (running.settings | mail_back).items():
        setattr(settings, name, value)
    running.turn("works")
    return MailServer(running, len(running.texts()))


@pytest.fixture
def summons(server, chain, reach) -> Taken:
    """The summons as it has arrived as an e-mail."""
    reach(chain, phone="", email=EMAIL)
    sweep(NOW)
    (text,) = server.taken()
    return text


def comes_back(mail: bytes, *, secret: str = SECRET) -> int:
    """Post the mail as a mail system does; the status of the answer."""
    return Client().post(f"/api/v1/mails/{secret}/", mail, content_type="message/rfc822").status_code
