"""`/healthz`: 200 only once database, Redis and both workers answer and the data is in place."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from redis.exceptions import RedisError

from agencies.dispatches.handlers import LETTERS, QUICK
from agencies.dispatches.sweep import LEASE
from agencies.models import Heartbeat, Site

ADDRESS = "/healthz"
# By what the answer calls them: the queue whose worker it is, and how long that may be silent.
WORKERS = {"worker": QUICK, "letters": LETTERS}
SILENCE_ALLOWED = {
    QUICK: timedelta(minutes=2),
    LETTERS: LEASE,
}  # printing one letter may take most of a lease


class HealthMiddleware:
    """Answers first, because later middleware needs the services whose health is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return healthz() if request.path == ADDRESS else self.get_response(request)


def healthz() -> JsonResponse:
    """Each service as "ok" or "missing"; the status is 503 while anything is missing."""
    checks = {"database": database_answers(), "redis": redis_answers()}
    checks |= {"data": checks["database"] and Site.objects.exists()}
    checks |= {name: checks["database"] and worker_is_alive(queue) for name, queue in WORKERS.items()}
    return JsonResponse(
        {name: "ok" if well else "missing" for name, well in checks.items()},
        status=200 if all(checks.values()) else 503,
        headers={"Cache-Control": "no-store"},
    )


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def redis_answers() -> bool:
    try:
        cache.ping()  # type: ignore[attr-defined]  # motesplats.cache has it
    except RedisError:
        return False
    return True


def worker_is_alive(queue: str) -> bool:
    heard_since = timezone.now() - SILENCE_ALLOWED[queue]
    return Heartbeat.objects.filter(name=queue, beat_at__gte=heard_since).exists()
