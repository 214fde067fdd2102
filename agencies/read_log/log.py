"""The read log: whoever is shown a person leaves a row before the bytes leave; who is refused, another."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection

from agencies.models import Reading
from agencies.read_log.notes import current_notes, taking_notes

View = TypeVar("View", bound=Callable[..., Any])

READER = "viewer_user(), viewer_agency(), coalesce(viewer_role(), ''), coalesce(viewer_link(), '')"
# Nothing is read back: whoever writes the log may not read it. Who has no account reads about oneself.
INSERT_READINGS = f"""
    INSERT INTO agencies_reading (person, user_id, agency_id, role, link, what, route, why, at, request)
    SELECT person, {READER}, %s, %s, CASE WHEN viewer_user() IS NULL THEN 'own' ELSE %s END, %s, %s
    FROM unnest(%s::uuid[]) AS person
"""
INSERT_ATTEMPT = f"""
    INSERT INTO agencies_attempt (user_id, agency_id, role, link, route, asked, reason, at)
    SELECT {READER}, %s, %s, %s, date_trunc('minute', %s) ON CONFLICT DO NOTHING
"""


class LogNotWritten(Exception):
    """The read log could not be written: nothing may be shown."""


def log_reading(*, people: Iterable[UUID], what: Reading.What, why: Reading.Why, at: datetime) -> None:
    """Write down that these people are shown to whoever the transaction acts for; raises LogNotWritten."""
    notes, shown = current_notes(), sorted(people)
    if shown:
        _insert(INSERT_READINGS, [what, notes.route, why, at, notes.request, shown])
        notes.written.update(shown)


def read_for(why: Reading.Why) -> Callable[[View], View]:
    """Say what a view shows people for; all others are casework."""

    def mark(view: View) -> View:
        view.why = why
        return view

    return mark


def flush_notes(*, what: Reading.What, at: datetime) -> None:
    """Log whom the present notes say was seen and the log does not have yet."""
    notes = current_notes()
    log_reading(people=notes.unwritten, what=what, why=notes.why or Reading.Why.CASEWORK, at=at)


@contextmanager
def logged(*, what: Reading.What, why: Reading.Why, at: datetime) -> Iterator[None]:
    """What a task reads within the block is logged at its end; the task says before whom it acts for."""
    with taking_notes() as notes:
        yield
        log_reading(people=notes.unwritten, what=what, why=why, at=at)


def log_attempt(*, route: str, asked: str, reason: str, at: datetime) -> None:
    """Write down what whoever the transaction acts for was refused; raises LogNotWritten."""
    _insert(INSERT_ATTEMPT, [route, asked, reason, at])


def _insert(statement: str, values: list[object]) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        raise LogNotWritten from error
