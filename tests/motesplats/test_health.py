"""`/healthz`: 200 only when everything answers, 503 with the reason when something does not."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisIsGone

from agencies.models import Heartbeat, Site
from agencies.tasks import record_heartbeat
from motesplats import health

pytestmark = pytest.mark.django_db

WELL = {"database": "ok", "redis": "ok", "data": "ok", "worker": "ok"}


@pytest.fixture
def beating() -> None:
    record_heartbeat()


def ask():
    return Client().get("/healthz")


def test_all_is_well(beating):
    answer = ask()
    assert (answer.status_code, answer.json()) == (200, WELL)
    assert answer["Cache-Control"] == "no-store"


def missing(what: str) -> bool:
    answer = ask()
    return (answer.status_code, answer.json()) == (503, WELL | {what: "missing"})


def test_no_worker_was_ever_heard():
    assert missing("worker")


def test_the_worker_has_fallen_silent(beating):
    Heartbeat.objects.update(beat_at=timezone.now() - health.SILENCE_ALLOWED - timedelta(seconds=1))
    assert missing("worker")


def test_redis_is_gone(beating, monkeypatch):
    def fail(*args):
        raise RedisIsGone

    monkeypatch.setattr(cache, "get", fail)
    assert missing("redis")


def test_the_data_is_not_there_yet(beating, monkeypatch):
    monkeypatch.setattr(Site.objects, "exists", lambda: False)
    assert missing("data")


def test_the_database_is_gone(monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", fail)
    answer = ask()
    assert answer.status_code == 503
    assert answer.json() == {"database": "missing", "redis": "ok", "data": "missing", "worker": "missing"}
