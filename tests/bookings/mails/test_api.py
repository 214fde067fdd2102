"""The address to which mail is posted: secret, limited, and nothing that is posted ends in an error of ours."""

import pytest
from django.test import Client

from bookings.mails.parse import recipients
from motesplats.embedded.stand_in.mail_back import answer_to, bounce_of
from motesplats.logs import mask
from tests.bookings.mails.conftest import SECRET, comes_back

pytestmark = pytest.mark.django_db


def test_without_the_secret_there_is_nothing(summons, chain, fates, settings, fresh_cache):
    mail = bounce_of(summons)
    for secret in ("wrong", f"{SECRET}é", f"{SECRET}x"):
        assert comes_back(mail, secret=secret) == 404
    assert Client().get(f"/api/v1/mails/{SECRET}/").status_code == 404
    settings.MAIL_SECRET = ""
    assert comes_back(mail) == 404
    assert fates(chain)[0][2:] == ("sent", "")


def test_wrong_secrets_are_limited(server, fresh_cache, settings):
    settings.LIMITS = settings.LIMITS | {"wrong-token-address": (2, 60)}
    assert [comes_back(b"", secret="x") for _ in range(3)] == [404, 404, 429]


def test_without_a_return_address_nothing_is_ours(summons, chain, fates, settings):
    settings.RETURN_ADDRESS = ""
    assert comes_back(bounce_of(summons)) == 204
    assert fates(chain)[0][2:] == ("sent", "")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 422),
        (b"hello", 422),
        (bytes(range(256)) * 1000, 422),
        (b"To: somebody@example.org\n\nJa", 204),
        (b"x" * 10_000_000, 413),
    ],
)
def test_what_is_no_mail_of_ours_is_answered_and_changes_nothing(summons, chain, fates, raw, status):
    assert comes_back(raw) == status
    assert fates(chain)[0][2:] == ("sent", "")


def test_what_is_no_mail_is_told_as_a_problem(server):
    answer = Client().post(f"/api/v1/mails/{SECRET}/", b"hello", content_type="message/rfc822")
    assert (answer["Content-Type"], answer.json()["type"]) == (
        "application/problem+json",
        "/problems/unreadable-mail",
    )


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To", "Cc"])
def test_the_recipient_may_stand_in_another_header(summons, chain, fates, name):
    mail = bounce_of(summons).replace(b"To: svar", f"To: postmaster@example.org\n{name}: svar".encode(), 1)
    assert summons.returns_to in recipients(mail)
    assert comes_back(mail) == 204
    assert fates(chain)[0][2] == "failed"


def test_of_several_addresses_ours_is_found(summons, chain, fates):
    to = f"Svar <x@example.org>, =?utf-8?q?M=C3=B6te?= <{summons.returns_to}>"
    mail = bounce_of(summons).replace(summons.returns_to.encode(), to.encode(), 1)
    assert comes_back(mail) == 204
    assert fates(chain)[0][2] == "failed"


@pytest.mark.parametrize(("words", "queries"), [("Ja", 35), ("STOP", 28), (None, 33)])
def test_a_mail_of_ours_costs_a_known_number_of_queries(summons, django_assert_num_queries, words, queries):
    mail = answer_to(summons, words) if words else bounce_of(summons)
    with django_assert_num_queries(queries):
        comes_back(mail)


def test_a_mail_of_a_stranger_costs_the_request_alone(server, django_assert_num_queries):
    with django_assert_num_queries(5):
        comes_back(b"To: svar+forged@example.org\n\nJa")


def test_the_secret_stands_in_no_log():
    assert mask(f"/api/v1/mails/{SECRET}/") == "/api/v1/mails/***/"
