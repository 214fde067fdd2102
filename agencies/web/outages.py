"""Tells errors of ours from a database, or Redis, that cannot be used just now."""

from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerIsGone
from redis.exceptions import ConnectionError as RedisIsGone
from redis.exceptions import TimeoutError as RedisIsSlow

RETRY_AFTER = 30  # seconds
READ_ONLY = "25006"  # SQLSTATE; psycopg2 counts it among internal errors
AWAY = (OperationalError, InterfaceError, BrokerIsGone, RedisIsGone, RedisIsSlow)


def is_outage(exc: BaseException | None) -> bool:
    """Whether the error, or one that led to it, says that a service is away, full, read-only or overloaded."""
    return any(isinstance(one, AWAY) or getattr(one, "pgcode", None) == READ_ONLY for one in _chain(exc))


def _chain(exc: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while exc is not None and id(exc) not in seen:
        seen.add(id(exc))
        yield exc
        exc = exc.__cause__ or exc.__context__
