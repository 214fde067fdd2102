"""How many unknown links and wrong codes come from one network address; counted in Redis, so by all processes."""

from datetime import timedelta

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

# A reading room or a school shares one address; each link's own code closes at the tenth wrong one anyway.
MOST_WRONG_FROM_ADDRESS = 60
WINDOW = timedelta(minutes=10)

log = structlog.get_logger(__name__)


def is_limited(address: str) -> bool:
    """Whether too much from the address was wrong lately; nobody is held up while Redis is away."""
    try:
        return int(cache.get(_key(address), 0)) >= MOST_WRONG_FROM_ADDRESS
    except RedisError:
        return False


def count_wrong(address: str) -> None:
    """Count an unknown link or a wrong code."""
    key = _key(address)
    try:
        cache.add(key, 0, timeout=WINDOW.total_seconds())
        if cache.incr(key) == MOST_WRONG_FROM_ADDRESS:
            log.warning("newcomers_address_limited")
    except (RedisError, ValueError):  # ValueError: the window ended between the two
        log.warning("newcomers_address_not_counted")


def _key(address: str) -> str:
    return f"newcomer-wrong:{address}"
