"""A guard against writing on GET: only the read log and the session may be written while a page is fetched."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test.client import ClientHandler

# The read log with its refused attempts and alarms, Django's sessions, and when a token for the API was last used.
WRITABLE = {
    "agencies_reading",
    "agencies_attempt",
    "agencies_unusualreading",
    "django_session",
    "agencies_apitoken",
}
# What the protocols of signing in write on GET: a provider leads back by GET, with a `state` that was asked for;
# and django-allauth records that the recovery codes have been shown.
SIGN_IN = re.compile(r"/sign-in/at/[\w-]+/back/|/my-sign-in/codes/")
READS = re.compile(r"\s*(SELECT|WITH|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT)\b", re.IGNORECASE)
CHANGES = re.compile(
    r'\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|COPY)\s+(?:ONLY\s+)?"?(\w+)',
    re.IGNORECASE,
)
LOCKS = re.compile(
    r"\bFOR\s+(?:NO\s+KEY\s+)?UPDATE\b|\bFOR\s+(?:KEY\s+)?SHARE\b|\bpg_(try_)?advisory_", re.IGNORECASE
)


class WriteOnGet(AssertionError):
    """A GET or HEAD request writes to, or locks, something else than the read log and the session."""


def writes(sql: str) -> bool:
    """Whether the statement changes or locks a row that no GET may touch."""
    changed = {table.lower() for table in CHANGES.findall(sql)}
    if LOCKS.search(sql) or changed - WRITABLE:
        return True
    return not (changed or READS.match(sql))


def refuse_writes(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]
) -> Any:
    """An execute wrapper of Django's."""
    if writes(sql):
        raise WriteOnGet(sql)
    return execute(sql, params, many, context)


@contextmanager
def guarded_gets() -> Iterator[None]:
    """Guard every GET and HEAD of the test client."""
    answer = ClientHandler.get_response

    def guarded(handler: ClientHandler, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or SIGN_IN.fullmatch(request.path):
            return answer(handler, request)
        with connection.execute_wrapper(refuse_writes):
            return answer(handler, request)

    with patch.object(ClientHandler, "get_response", guarded):
        yield
