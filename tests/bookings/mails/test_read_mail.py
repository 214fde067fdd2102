"""A mail server pipes a mail to the command and goes by its exit code; each time a process of its own."""

import os
import subprocess
import sys
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from django.db import connection

from bookings.models import Reply
from motesplats.embedded.processes import free_port
from motesplats.embedded.stand_in.box import Taken
from motesplats.embedded.stand_in.mail_back import bounce_of
from tests.bookings.mails.conftest import MailServer

pytestmark = pytest.mark.django_db(transaction=True)
COMMAND = [sys.executable, str(Path(__file__).parents[3] / "manage.py"), "read_mail"]
TAKEN, NO_MAIL, TRY_AGAIN = 0, 65, 75


def pipe(mail: bytes, *, port: int | None = None) -> int:
    """The command's exit code; `port` is that of a database."""
    at = connection.settings_dict
    account = f"{at['USER']}:{at['PASSWORD']}"
    database = f"postgres://{account}@{at['HOST']}:{port or at['PORT']}/{at['NAME']}"
    env = {"DATABASE_URL": database, "MIGRATOR_DATABASE_URL": database, "RETURN_ADDRESS": "svar@example.org"}
    done = subprocess.run(COMMAND, input=mail, env=os.environ | env, capture_output=True, check=False)
    assert "Traceback" not in done.stderr.decode()
    return done.returncode


def test_a_bounce_is_taken(summons: Taken, chain, fates) -> None:
    assert pipe(bounce_of(summons)) == TAKEN
    assert fates(chain)[0][2:] == ("failed", "bounced")


def test_of_an_answer_with_a_photograph_of_ten_megabytes_the_words_are_read(
    summons: Taken, caseworker, acting
) -> None:
    mail = MIMEMultipart()
    mail["From"], mail["To"] = summons.to, summons.returns_to
    mail.attach(MIMEText("STOPP", _charset="utf-8"))
    mail.attach(MIMEImage(b"\xff\xd8" * 3_800_000, "jpeg"))
    assert pipe(mail.as_bytes()) == TAKEN
    with acting(caseworker):
        assert Reply.objects.get().outcome == "stopped"


def test_what_is_of_nobody_is_taken_and_what_is_no_mail_is_not(server: MailServer) -> None:
    assert pipe(b"To: somebody@example.org\n\nJa") == TAKEN
    for raw in (b"", b"hello", bytes(range(256)) * 1000):
        assert pipe(raw) == NO_MAIL


def test_while_the_database_is_away_it_is_to_come_again(summons: Taken, chain, fates) -> None:
    assert pipe(bounce_of(summons), port=free_port()) == TRY_AGAIN
    assert fates(chain)[0][2:] == ("sent", "")
