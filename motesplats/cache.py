"""The cache in Redis. While Redis is away it is empty, and the log says so: nobody is kept from signing in."""

from time import monotonic
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

AWAY = (NoConnection, NoAnswer)
# A second is long for Redis, and whoever waits for it is a person.
QUICKLY = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 1)}

PAUSE = 5  # seconds, so that a request waits for a silent Redis once and not at every step

log = structlog.get_logger(__name__)


class ForgivingClient(RedisCacheClient):
    """Django's client, whose operations do nothing while Redis is away; it is asked again after a pause."""

    _asked_again_at = 0.0  # by the monotonic clock

    def add(self, key: Any, value: Any, timeout: Any) -> bool:
        return bool(self._or_else(True, super().add, key, value, timeout))

    def get(self, key: Any, default: Any) -> Any:
        return self._or_else(default, super().get, key, default)

    def set(self, key: Any, value: Any, timeout: Any) -> None:
        self._or_else(None, super().set, key, value, timeout)

    def incr(self, key: Any, delta: Any) -> int:
        return int(self._or_else(0, super().incr, key, delta))

    def delete(self, key: Any) -> bool:
        return bool(self._or_else(False, super().delete, key))

    def delete_many(self, keys: Any) -> None:
        self._or_else(None, super().delete_many, keys)

    def ping(self) -> None:
        """Raises if Redis does not answer."""
        self.get_client().ping()

    def _or_else(self, otherwise: Any, operation: Any, *args: Any) -> Any:
        if monotonic() < self._asked_again_at:
            return otherwise
        try:
            return operation(*args)
        except AWAY as error:
            self._asked_again_at = monotonic() + PAUSE
            log.error("cache_away", error=type(error).__name__)
            return otherwise


class ForgivingCache(RedisCache):
    """Django's cache in Redis with that client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params | {"OPTIONS": QUICKLY | params.get("OPTIONS", {})})
        self._class = ForgivingClient

    def ping(self) -> None:
        """Raises if Redis does not answer."""
        client: ForgivingClient = self._cache  # type: ignore[assignment]  # made of _class
        client.ping()
