"""Without the database everybody gets a 503 they can read; once it is back, the next request works."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory

from agencies.models import Site
from agencies.sites.phones import KEY, remember_phones, remembered_phones
from agencies.web.outages import is_outage
from motesplats.embedded.processes import free_port
from motesplats.wsgi import application
from tests.bookings.api_steps import HADDAD
from tests.factories.agencies import UserFactory
from tests.signing_in import key_of, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def staff() -> Client:
    client = sign_in(Client(), UserFactory())
    client.raise_request_exception = False
    return client


@pytest.fixture
def api() -> Client:
    token = key_of(UserFactory())
    return Client(headers={"Authorization": f"Token {token}"}, raise_request_exception=False)


@pytest.fixture
def stopped() -> Iterator[Callable[[], None]]:
    """Call it, and nobody listens where the database was."""
    address = connection.settings_dict
    port = address["PORT"]

    def stop() -> None:
        connection.close()
        address["PORT"] = free_port()

    yield stop
    connection.close()
    address["PORT"] = port


def test_the_api_tells_a_problem_and_when_to_try_again(api, stopped):
    stopped()
    for answer in (api.get("/api/v1/sites/"), api.post("/api/v1/parties/", HADDAD, "application/json")):
        assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
        assert answer.json()["type"] == "/problems/unavailable"
        assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize(("language", "said"), [("sv", "Går inte att visa"), ("en", "Not available")])
def test_the_staff_read_it_in_their_language_with_the_sites_telephones(staff, stopped, language, said):
    cache.set(KEY, [("Norrköping", "011-00 00 00")])
    stopped()
    answer = staff.get("/parties/", headers={"Accept-Language": language})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert said in answer.text
    assert "011-00 00 00" in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_what_was_typed_is_kept_on_the_page_and_can_be_sent_again(staff, stopped):
    stopped()
    page = staff.post("/parties/new/?from=here", {"given_name": ["Åsa", "<i>"], "password": "hidden"}).text
    assert "det du skrev finns kvar" in page
    assert '<form method="post" action="/parties/new/?from=here">' in page
    assert '<input type="hidden" name="given_name" value="Åsa">' in page
    assert '<input type="hidden" name="given_name" value="&lt;i&gt;">' in page
    assert "hidden</" not in page
    assert 'value="hidden"' not in page


@pytest.mark.parametrize("language", ["sv", "en", "ar", "prs", "so", "ti"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_newcomers_read_it_in_the_language_of_the_phone(stopped, language, method):
    stopped()
    client = Client(raise_request_exception=False, headers={"Accept-Language": language})
    answer = getattr(client, method)("/d/abcdefghijklmnopqrstuv")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    tag = "fa-AF" if language == "prs" else language
    assert f'<html lang="{tag}' in answer.text


def test_a_database_that_only_reads_takes_nothing_and_says_so(api):
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    answer = api.post("/api/v1/parties/", HADDAD, "application/json")
    connection.close()
    assert answer.status_code == 503


def test_after_a_restart_the_next_request_works():
    assert asked_as_a_server_asks("/healthz")["database"] == "ok"
    assert end_the_apps_connections() == 1
    assert asked_as_a_server_asks("/healthz")["database"] == "ok"


def asked_as_a_server_asks(path: str) -> dict[str, str]:
    """The JSON of the answer; unlike the test client, a server lets Django look after its connections."""
    environ = RequestFactory().get(path).environ
    return json.loads(b"".join(application(environ, lambda *said: None)))  # type: ignore[arg-type]


def test_a_connection_lost_in_the_middle_of_a_request_is_told(staff, monkeypatch):
    def lose(*args, **kwargs):
        end_the_apps_connections()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    monkeypatch.setattr("bookings.search.views.listed_parties", lose, raising=True)
    assert staff.get("/parties/").status_code == 503
    monkeypatch.undo()
    assert staff.get("/parties/").status_code == 200


def end_the_apps_connections() -> int:
    """Do to them what a restart of PostgreSQL does, over another connection of their role."""
    other = connection.get_new_connection(connection.get_connection_params())
    try:
        with other, other.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
            )
            return cursor.fetchone()[0]
    finally:
        other.close()


def test_telephones_are_remembered_without_those_who_have_none():
    Site.objects.exclude(code="malmo").update(phone="")
    Site.objects.filter(code="malmo").update(phone="040-00 00 00")
    remember_phones()
    assert remembered_phones() == [("Malmö", "040-00 00 00")]


def test_an_error_of_ours_is_no_outage():
    assert not is_outage(ValueError())
    assert not is_outage(None)
