"""`/livez`: the process answers. `/healthz`: it is ready, with database, Redis, worker, disk and data in place."""

import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from redis.exceptions import RedisError

from agencies.models import Heartbeat, Site

LIVE, READY = "/livez", "/healthz"
SILENCE_ALLOWED = timedelta(minutes=1)  # beat asks each 20 seconds
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
    """Each service as "ok" or "missing"; the status is 503 while anything is missing."""
    checks = {"database": database_writes(), "redis": redis_answers(), "disk": disk_has_room()}
    checks |= {"data": checks["database"] and Site.objects.exists()}
    checks |= {"worker": checks["database"] and worker_is_alive()}
    return JsonResponse(
        {name: "ok" if well else "missing" for name, well in checks.items()},
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
        cache.get("healthz")
    except RedisError:
        return False
    return True


def disk_has_room() -> bool:
    try:
        return shutil.disk_usage(settings.DATA_DIR).free >= ROOM
    except OSError:
        return False


def worker_is_alive() -> bool:
    heard_since = timezone.now() - SILENCE_ALLOWED
    return Heartbeat.objects.filter(name="worker", beat_at__gte=heard_since).exists()
