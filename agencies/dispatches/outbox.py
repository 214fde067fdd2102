"""Write a row into the outbox, and look at what has become of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import TextChoices

from agencies.dispatches.handlers import HANDLERS
from agencies.models import Dispatch, User
from agencies.secrecy.context import Viewer, viewer_of

LATE = timedelta(minutes=2)
# What waits already waits on, as asked for now; a worker that is sending it finds that its lease is gone, so that what
# has changed meanwhile is sent as well.
ADD = """
    INSERT INTO agencies_dispatch AS waiting
        (kind, subject, by_id, agency_id, asked_at, state, due_at, attempts, error)
    SELECT %s, subject, %s, %s, %s, 'due', due_at, 0, ''
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS asked (subject, due_at)
    ON CONFLICT (kind, subject) WHERE state IN ('due', 'sending') DO UPDATE
    SET state = 'due', due_at = excluded.due_at, by_id = excluded.by_id, agency_id = excluded.agency_id
"""


class Delivery(TextChoices):
    """How far a dispatch is, for the page that waits for it."""

    GONE = "gone"
    WAITING = "waiting"
    LATE = "late"
    FAILED = "failed"


def add_dispatch(*, kind: str, subject: int, by: User, at: datetime, due_at: datetime | None = None) -> None:
    """Let the subject (its primary key) be sent once this is committed, or when due, for the user and the agency now.

    Raises KeyError for a kind that nobody handles.
    """
    add_dispatches(kind=kind, due={subject: due_at or at}, by=by, at=at)


def add_dispatches(
    *, kind: str, due: Mapping[int, datetime], by: User, at: datetime, agency: int | None = None
) -> None:
    """The same for several subjects, each when it is due, in one statement; for the agency, where it is another one."""
    assert HANDLERS[kind]
    if due:
        asked: list[Any] = [kind, by.pk, agency or by.agency_id, at, list(due), list(due.values())]
        with connection.cursor() as cursor:
            cursor.execute(ADD, asked)


def viewer_for(dispatch: Dispatch) -> Viewer:
    """Whoever asked, as staff of the agency of that time: what an agency has begun goes out though somebody left."""
    return replace(viewer_of(dispatch.by), agency=dispatch.agency_id)


def delivery_of(*, kind: str, subject: int, at: datetime) -> Delivery:
    """How far the last dispatch of the subject is; what was never asked for is gone."""
    last = Dispatch.objects.filter(kind=kind, subject=subject).first()
    if last is None or last.state == Dispatch.State.DONE:
        return Delivery.GONE
    if last.state == Dispatch.State.FAILED:
        return Delivery.FAILED
    return Delivery.LATE if at - last.asked_at > LATE else Delivery.WAITING
