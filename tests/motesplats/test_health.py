"""`/healthz`: 200 only when everything answers, 503 with the reason when something does not."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisIsGone

from agencies.models import Heartbeat, Site
from agencies.tasks import record_heartbeat
from motesplats import health
from motesplats.cache import ForgivingCache

pytestmark = pytest.mark.django_db

WELL = dict.fromkeys(("database", "redis", "disk", "data", "worker", "letters", "messages"), "ok")
WELL |= {"sms": "not configured", "email": "not configured"}


@pytest.fixture
def beating() -> None:
    """Both workers have just recorded their heartbeats."""
    for queue in health.WORKERS.values():
        record_heartbeat(queue=queue)


def ask():
    return Client().get("/healthz")


def test_everything_answers(beating):
    answer = ask()
    assert (answer.status_code, answer.json()) == (200, WELL)
    assert answer["Cache-Control"] == "no-store"


def test_a_gateway_is_told_of_and_its_lack_is_no_fault(beating, settings):
    settings.SMS_URL = "https://gateway.example/sms"
    answer = ask()
    assert (answer.status_code, answer.json()) == (200, WELL | {"sms": "ok"})


def reports_missing(what: str) -> bool:
    """Whether the answer is 503 and names this part alone."""
    answer = ask()
    return (answer.status_code, answer.json()) == (503, WELL | {what: "missing"})


@pytest.mark.parametrize(("name", "queue"), health.WORKERS.items())
def test_without_a_heartbeat_the_worker_is_missing(beating, name, queue):
    Heartbeat.objects.filter(name=queue).delete()
    assert reports_missing(name)


@pytest.mark.parametrize(("name", "queue"), health.WORKERS.items())
def test_after_too_long_a_silence_the_worker_is_missing(beating, name, queue):
    silent = timezone.now() - health.SILENCE_ALLOWED[queue] - timedelta(seconds=1)
    Heartbeat.objects.filter(name=queue).update(beat_at=silent)
    assert reports_missing(name)


def test_a_failing_redis_is_missing(beating, monkeypatch):
    def fail(*args):
        raise RedisIsGone

    monkeypatch.setattr(ForgivingCache, "ping", fail)
    assert reports_missing("redis")


def test_without_reference_data_the_data_is_missing(beating, monkeypatch):
    monkeypatch.setattr(Site.objects, "exists", lambda: False)
    assert reports_missing("data")


def test_without_the_database_its_data_and_the_worker_are_missing_too(monkeypatch):
    def fail():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", fail)
    answer = ask()
    assert answer.status_code == 503
    assert answer.json() == WELL | dict.fromkeys(
        ("database", "data", "worker", "letters", "messages"), "missing"
    )


def test_a_database_that_only_reads_is_missing(beating):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
    assert ask().json()["database"] == "missing"


def test_a_full_disk_is_missing_at_once(beating, monkeypatch):
    monkeypatch.setattr(health, "ROOM", 1 << 60)
    assert reports_missing("disk")


def test_a_process_is_live_while_its_services_are_away(monkeypatch):
    monkeypatch.setattr(connection, "cursor", None)
    answer = Client().get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"process": "ok"})
