"""Whatever happens, the API answers problem details and a page is a page; too much is refused before it is read."""

import json
from functools import partial
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import JsonResponse
from django.test import Client

from bookings.parties import api as parties
from motesplats.edge.bodies import with_length
from tests.addresses import addresses
from tests.bookings.api_steps import HADDAD
from tests.factories.agencies import UserFactory
from tests.signing_in import key_of, sign_in

pytestmark = pytest.mark.django_db

METHODS = ("OPTIONS", "HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "TRACE")
API = sorted({one.template for one in addresses() if one.template.startswith("/api/")})
KNOWN = {
    "reference": ["AAA-AAA"],
    "key": ["nothing"],
    "code": ["AF"],
    "site": ["norrkoping"],
    "date": ["2026-12-08"],
    "number": ["1"],
}
TOO_LARGE = b" " * 1_000_001


@pytest.fixture
def caseworker():
    return UserFactory()


# What a gateway posts to: it reads the status alone.
GATEWAYS = ("/api/v1/replies/", "/api/v1/receipts/", "/api/v1/mails/")


@pytest.fixture
def api(caseworker) -> Client:
    token = key_of(caseworker)
    return Client(headers={"Authorization": f"Token {token}", "Accept-Language": "en"})


def is_problem(answer, status: int) -> bool:
    body = answer.json()
    return (answer.status_code, answer["Content-Type"], body["status"]) == (
        status,
        "application/problem+json",
        status,
    )


@pytest.mark.parametrize("method", METHODS)
def test_every_address_of_the_api_has_a_right_answer_to_every_method(api, method):
    assert len(API) > 15
    for one in addresses():
        if not one.template.startswith("/api/") or one.template.startswith(GATEWAYS):
            continue
        for address in one.filled(KNOWN):
            with transaction.atomic():
                answer = api.generic(method, address, content_type="application/json")
                transaction.set_rollback(True)
            assert answer.status_code < 500, (method, address)
            if answer.status_code >= 400 and method != "HEAD":
                assert is_problem(answer, answer.status_code), (method, address)


def test_options_tells_what_an_address_does(api):
    answer = api.options("/api/v1/chains/AAA-AAA/summons.pdf")
    assert (answer.status_code, answer.json()) == (200, {"methods": ["GET", "HEAD", "OPTIONS"]})
    assert "GET" in answer["Allow"]


def test_a_body_above_the_limit_is_told(api):
    answer = api.post("/api/v1/parties/", TOO_LARGE, content_type="application/json")
    assert is_problem(answer, 413)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Send less at a time."), ("sv", "Skicka mindre åt gången.")]
)
def test_a_body_above_the_limit_is_told_in_the_readers_language(client, language, words):
    sent = {"CONTENT_LENGTH": str(300 << 20), "headers": {"Accept-Language": language}}
    assert client.generic("POST", "/api/v1/parties/", **sent).json()["detail"] == words
    assert client.generic("POST", "/sign-in/", **sent)["Content-Language"] == language


def test_an_upload_is_refused_by_its_length_before_it_is_read(client):
    class Unread(BytesIO):
        def read(self, *args) -> bytes:
            raise AssertionError("read")

    answer = client.generic("POST", "/sign-in/", CONTENT_LENGTH=str(300 << 20), **{"wsgi.input": Unread()})
    assert answer.status_code == 413
    assert "För stort" in answer.text


def test_a_file_is_refused_whoever_sends_it(client):
    answer = client.post("/sign-in/", {"login": SimpleUploadedFile("name", b"x")})
    assert answer.status_code == 400


@pytest.mark.parametrize(("sent", "told"), [(3, "3"), (2_000_000, "1000001")])
def test_a_body_in_chunks_is_read_to_the_limit_and_no_further(sent, told):
    seen = {}
    application = with_length(lambda environ, start: seen.update(environ) or [])
    body = BytesIO(b"x" * sent)
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": body}
    application(environ, lambda *said: None)  # type: ignore[arg-type]
    assert seen["CONTENT_LENGTH"] == told
    assert len(seen["wsgi.input"].read()) == int(told)


@pytest.mark.django_db(transaction=True)
def test_what_fails_after_the_commit_is_told_as_a_problem(api, monkeypatch):
    def fail_later(*args, **kwargs):
        transaction.on_commit(partial(json.loads, "{"))
        return JsonResponse({})

    monkeypatch.setattr(parties.PartyList, "post", fail_later)
    api.raise_request_exception = False
    answer = api.post("/api/v1/parties/", HADDAD, content_type="application/json")
    assert is_problem(answer, 500)


@pytest.mark.parametrize(("path", "is_told"), [("/api/v1/sites/", True), ("/sign-in/", False)])
def test_a_foreign_host_is_told_in_the_form_of_the_address(path, is_told):
    answer = Client(headers={"Host": "elsewhere.example"}).get(path)
    assert answer.status_code == 400
    assert (answer["Content-Type"] == "application/problem+json") is is_told


def test_no_answer_to_somebody_signed_in_is_stored(caseworker):
    client = sign_in(Client(), caseworker)
    for one in addresses():
        if one.names or one.template.startswith(("/admin/", "/open-data/v1/")):  # the latter are everybody's
            continue
        answer = client.get(one.template)
        assert "no-store" in answer["Cache-Control"], one.template
