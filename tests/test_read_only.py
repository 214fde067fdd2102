"""A GET writes nothing but the read log and the session: the guard over every test's GETs finds whatever else does."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from agencies.models import Site
from tests.read_only import WriteOnGet, writes

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@login_not_required
def close_sites(request: HttpRequest) -> HttpResponse:
    Site.objects.update(state=Site.State.CLOSED)
    return HttpResponse()


@login_not_required
def lock_sites(request: HttpRequest) -> HttpResponse:
    return HttpResponse(list(Site.objects.select_for_update()))


@login_not_required
def change_the_session(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = True
    return HttpResponse()


urlpatterns = [
    path("close", close_sites),
    path("lock", lock_sites),
    path("session", change_the_session),
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("address", ["/close", "/lock"])
def test_a_get_that_writes_or_locks_is_found(client, method, address):
    with pytest.raises(WriteOnGet, match="agencies_site"):
        client.generic(method, address)


def test_a_get_may_write_the_session(client):
    assert client.get("/session").status_code == 200
    assert client.session["seen"]


def test_a_post_may_write(client):
    assert client.post("/close").status_code == 200
    assert not Site.objects.exclude(state=Site.State.CLOSED).exists()


def test_after_a_get_the_test_may_write(client):
    client.get("/session")
    assert not connection.execute_wrappers
    assert Site.objects.update(state=Site.State.CLOSED)


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "bookings_party" VALUES (1)',
        'UPDATE "bookings_party" SET name = %s',
        "delete from only bookings_party",
        "TRUNCATE bookings_party",
        "COPY bookings_party FROM STDIN",
        "MERGE INTO bookings_party USING x ON true WHEN MATCHED THEN DELETE",
        "WITH gone AS (DELETE FROM bookings_party RETURNING id) SELECT id FROM gone",
        "WITH kept AS (INSERT INTO agencies_reading VALUES (1)) UPDATE bookings_party SET name = ''",
        'SELECT 1 FROM "bookings_party" FOR NO KEY UPDATE OF "bookings_party"',
        "SELECT 1 FROM bookings_party FOR KEY SHARE",
        "SELECT pg_advisory_xact_lock(%s)",
        "LOCK TABLE bookings_party",
        "CREATE TABLE notes ()",
        "CALL tidy()",
    ],
)
def test_a_statement_that_writes_or_locks_is_refused(sql):
    assert writes(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT "bookings_party"."updated" FROM "bookings_party"',
        "SELECT set_config(%s, %s, true)",
        "SAVEPOINT s1",
        "ROLLBACK TO SAVEPOINT s1",
        'INSERT INTO "agencies_reading" ("at") VALUES (%s)',
        'UPDATE "django_session" SET session_data = %s',
    ],
)
def test_a_statement_that_reads_is_let_through(sql):
    assert not writes(sql)
