"""`/livez`: the process answers. `/healthz`: it is ready, with database, Redis, workers, disk and data in place.

It also tells of each way out of the house whether there is one: without it messages wait, and nothing is broken.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from redis.exceptions import RedisError

from agencies.dispatches.channels.deliver import EMAIL, SMS, missing_channels
from agencies.dispatches.handlers import LETTERS, MESSAGES, QUICK
from agencies.dispatches.sweep import LEASE
from agencies.models import Heartbeat, Site

LIVE, READY = "/livez", "/healthz"
# By what the answer calls them: the queue whose worker it is, and how long that may be silent.
WORKERS = {"worker": QUICK, "letters": LETTERS, "messages": MESSAGES}
# Beat asks every few seconds; printing one letter may take most of a lease.
SILENCE_ALLOWED = {QUICK: timedelta(minutes=1), LETTERS: LEASE, MESSAGES: timedelta(minutes=2)}
ROOM = 64 << 20  # bytes that must be free on the disk of DATA_DIR
# A commit that reaches the disk, and no row: a full or read-only database refuses it.
WRITE = (
    "SELECT pg_logical_emit_message(true, 'healthz', ''), current_setting('transaction_read_only') = 'off'"
)


class HealthMiddleware:
    """Answers first, because later middleware needs the services whose health is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == LIVE:
            return JsonResponse({"process": "ok"}, headers={"Cache-Control": "no-store"})
        return healthz() if request.path == READY else self.get_response(request)


def healthz() -> JsonResponse:
    """Each service as "ok" or "missing"; the status is 503 while anything is missing. Of a gateway "not configured"."""
    checks = {"database": database_writes(), "redis": redis_answers(), "disk": disk_has_room()}
    checks |= {"data": checks["database"] and Site.objects.exists()}
    checks |= {name: checks["database"] and worker_is_alive(queue) for name, queue in WORKERS.items()}
    shown = {name: "ok" if well else "missing" for name, well in checks.items()}
    absent = missing_channels()
    return JsonResponse(
        shown | {channel: "not configured" if channel in absent else "ok" for channel in (SMS, EMAIL)},
        status=200 if all(checks.values()) else 503,
        headers={"Cache-Control": "no-store"},
    )


def database_writes() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(WRITE)
            return bool(cursor.fetchone()[1])
    except DatabaseError:
        return False


def redis_answers() -> bool:
    try:
        cache.ping()  # type: ignore[attr-defined]  # motesplats.cache has it
    except RedisError:
        return False
    return True


def worker_is_alive(queue: str) -> bool:
    heard_since = timezone.now() - SILENCE_ALLOWED[queue]
    return Heartbeat.objects.filter(name=queue, beat_at__gte=heard_since).exists()


def disk_has_room() -> bool:
    try:
        return shutil.disk_usage(settings.DATA_DIR).free >= ROOM
    except OSError:
        return False
