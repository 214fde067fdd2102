"""How often somebody may ask for what costs much: counted in the cache, per user and per network address."""

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from agencies.models import User
from agencies.refusals import Refusal
from agencies.web.client_address import client_network

MINUTE = 60
# Of one address many times as many as of one user: an office has one address.
ADDRESS = "address"

log = structlog.get_logger(__name__)


class TooMany(Refusal):
    """Asked for too often; `wait` is after how many seconds to try again."""

    kind = "too-many-requests"
    status = 429

    def __init__(self, wait: int) -> None:
        minutes = -(-wait // MINUTE)
        super().__init__(
            ngettext(
                "That was asked for too often. Try again in %(minutes)s minute.",
                "That was asked for too often. Try again in %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )
        self.wait = wait


def require_within(scope: str, key: str | int, limit: tuple[int, int] | None = None) -> None:
    """Count one more for the key and raise TooMany beyond the limit: (how often, in how many seconds).

    Without `limit` that of `settings.LIMITS[scope]` holds. When the cache is away nothing is refused.
    """
    most, seconds = limit or settings.LIMITS[scope]
    if count(scope, key, seconds=seconds) > most:
        log.warning("limit_reached", scope=scope)
        raise TooMany(seconds)


def count(scope: str, key: str | int, *, seconds: int) -> int:
    """Count one more for the key and return how many it are; 0 when the cache is away."""
    name = _name(scope, key)
    try:
        cache.add(name, 0, timeout=seconds)
        return int(cache.incr(name))
    except ValueError:  # the time was up between the two
        return 1


def counted(scope: str, key: str | int) -> int:
    """How many were counted for the key; 0 when the cache is away."""
    return int(cache.get(_name(scope, key), 0))


def _name(scope: str, key: str | int) -> str:
    return f"limit:{scope}:{key}"


def told_to_wait(answer: HttpResponse, refusal: Refusal) -> HttpResponse:
    """The answer, with Retry-After if it was asked for too often."""
    if isinstance(refusal, TooMany):
        answer.headers["Retry-After"] = str(refusal.wait)
    return answer


def require_within_both(scope: str, request: HttpRequest, user: User) -> None:
    """The same for the user and then for the address that the request comes from."""
    require_within(scope, f"user:{user.pk}")
    require_within_address(scope, request)


def require_within_address(scope: str, request: HttpRequest) -> None:
    """The same for the address alone, with the limit `<scope>-address`."""
    require_within(f"{scope}-{ADDRESS}", client_network(request))
