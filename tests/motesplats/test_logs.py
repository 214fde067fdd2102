"""Every log, grepped after people were registered, searched for and summoned: none of their words is in it."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from celery import shared_task
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from bookings.chains.book import book_chain
from bookings.links.tokens import code_of, token_of
from bookings.models import Party, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose
from bookings.search import views
from motesplats import logs
from motesplats.celery import app
from tests.bookings.api_steps import DESKS, FIRST, HADDAD
from tests.factories.agencies import UserFactory, the_site
from tests.factories.interpreters import open_day
from tests.signing_in import key_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NAME, FAMILY, PHONE, MAIL = "Zebunissa", "Quorqobek", "070-174 06 99", "zebunissa@example.se"
STREET, HOUSING, REASON = "Xylofongränd 77", "Boende Xantippa", "Wolframsak"
PEOPLE = {
    "phone": PHONE,
    "email": MAIL,
    "address": f"{STREET}, 602 00 Norrköping",
    "housing": HOUSING,
    "members": [
        {"given_name": NAME, "family_name": FAMILY, "birth_date": "1992-05-17", "sex": "F"},
        {"given_name": NAME, "family_name": FAMILY, "birth_date": "1989-11-02", "sex": "M"},
    ],
}
WORDS = (NAME, FAMILY, PHONE, "1740699", MAIL, STREET, HOUSING, REASON, "1992-05-17", "secret-of-a-session")


@pytest.fixture
def written() -> Iterator[StringIO]:
    """All that the process logs, in the form in which it is logged."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def caseworker():
    return UserFactory(username="zebunissa.q")


@pytest.fixture
def browser(caseworker) -> Client:
    client = sign_in(Client(), caseworker)
    client.raise_request_exception = False
    return client


@pytest.fixture
def api(caseworker) -> Client:
    token = key_of(caseworker)
    return Client(headers={"Authorization": f"Token {token}"}, raise_request_exception=False)


@pytest.fixture
def party(api, caseworker, acting) -> Party:
    answer = api.post("/api/v1/parties/", HADDAD | PEOPLE, "application/json")
    with acting(caseworker):
        return Party.objects.get(reference=answer.json()["reference"])


@pytest.fixture
def chain(party, caseworker, acting):
    open_day(the_site(), FIRST, desks=DESKS, interpreters={"ar": 1})
    with acting(caseworker):
        track = Track.objects.get(number=1)
        profile, at = profile_of(party), timezone.now()
        answer = propose(profile=profile, site=the_site(), track=track, first=FIRST, last=FIRST, at=at)
        proposal = answer.options[0].proposal.sign()
        return book_chain(party=party, proposal=proposal, by=caseworker, at=at)


def log_of_postgresql() -> str:
    """What the server of these tests has written; another's cannot be read."""
    log = settings.DATA_DIR / "log" / "postgres.log"
    return log.read_text(errors="replace") if log.exists() else ""


def lines(written: StringIO) -> list[dict]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_journey_leaves_no_word_in_any_log(written, api, browser, party, chain, caseworker, acting):
    with acting(caseworker):
        link = chain.links.first()
        token, code = token_of(link), code_of(link)
    browser.get("/parties/", {"q": f"{NAME} {FAMILY}", "phone": PHONE})
    browser.get(f"/chains/{chain.reference}/", {"reason": REASON})
    browser.post(f"/chains/{chain.reference}/cancel/", {"reason": REASON * 200})
    api.post("/api/v1/parties/", HADDAD | PEOPLE | {"phone": NAME}, "application/json")
    api.get(f"/api/v1/parties/?search={NAME}")
    phone = Client()
    phone.get(f"/d/{token}", {"k": code})
    phone.post(f"/d/{token}", {"language": "en", "k": code})
    phone.get(f"/staff/{NAME}/")
    phone.get(f"/{NAME}", headers={"Host": f"{FAMILY}.example"})
    phone.post("/sign-in/", {"login": caseworker.username, "password": REASON})
    said = written.getvalue() + log_of_postgresql()
    assert [word for word in (*WORDS, token, code, caseworker.username) if word in said] == []
    requests = [line for line in lines(written) if line["event"] == "request"]
    assert len(requests) >= 9
    for line in requests:
        assert {"request_id", "ip", "method", "route", "status", "milliseconds"} <= line.keys()
        assert line["timestamp"].endswith("Z")
    assert {line.get("user") for line in requests} == {caseworker.pk, None}


def test_an_error_is_told_by_its_place_and_kind(written, browser, monkeypatch):
    def fail(*args, **kwargs):
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(FAMILY) from error

    monkeypatch.setattr(views, "listed_parties", fail)
    assert browser.get("/parties/", {"q": REASON}).status_code == 500
    said = written.getvalue()
    assert [word for word in WORDS if word in said] == []
    assert "builtins.KeyError" in said
    assert "builtins.ValueError" in said
    assert "test_logs.py" in said


def test_a_refusal_of_the_database_is_told_by_its_constraint(written, party, caseworker, acting):
    """Its message quotes the key, its detail the row, its statement the values."""
    with acting(caseworker):
        try:
            with transaction.atomic():
                Party.objects.filter(pk=party.pk).update(language=NAME * 20, address=STREET)
        except DatabaseError:
            logging.getLogger("bookings").exception("It went wrong.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [NAME])
    said = written.getvalue() + log_of_postgresql()
    assert [word for word in WORDS if word in said] == []
    assert "22001" in written.getvalue()


@shared_task(name="tests.motesplats.test_logs.fail")
def fail_about(*, name: str) -> None:
    raise ValueError(name)


def test_a_task_tells_its_name_its_time_and_how_it_ended(written):
    with pytest.raises(ValueError, match=NAME):
        fail_about(name=NAME)
    assert NAME not in written.getvalue()
    task = lines(written)[-1]
    assert (task["task"], task["outcome"]) == (fail_about.name, "failed")
    assert task["milliseconds"] >= 0


def test_a_worker_leaves_the_log_as_the_settings_have_made_it():
    """Celery would raise its level to WARNING, and no task would be told of."""
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    assert app.log.setup_logging_subsystem(loglevel="ERROR")
    assert (root.level, list(root.handlers)) == before


@pytest.mark.parametrize(
    ("logger", "level", "message", "args"),
    [
        ("gunicorn.error", logging.WARNING, f"Invalid request from ip=192.0.2.1: GET /?search={NAME}", ()),
        ("gunicorn.error", logging.ERROR, "Error handling request %s", (f"/?search={NAME}",)),
        ("django.request", logging.ERROR, "%s: %s", ("Not Found", f"/{NAME}")),
        ("celery.worker", logging.ERROR, "Task handler raised error: %r", (ValueError(NAME),)),
        ("allauth", logging.INFO, "No %s", (NAME,)),
        ("agencies", logging.INFO, f"/d/{NAME} and /password/MQ/{NAME}?a={NAME}", ()),
    ],
)
def test_what_others_say_is_cut_before_the_first_value(written, logger, level, message, args):
    logging.getLogger(logger).log(level, message, *args)
    assert NAME not in written.getvalue()
    assert lines(written)[-1]["logger"] == logger
