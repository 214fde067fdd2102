"""Writes the read log: a reading for each person who is shown, an attempt for each refused request."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection

from agencies.models import Reading
from agencies.read_log.notes import current_notes, taking_notes
from agencies.read_log.unusual import watch_reader

View = TypeVar("View", bound=Callable[..., Any])

READER = "viewer_user(), viewer_agency(), coalesce(viewer_role(), ''), coalesce(viewer_link(), '')"
# No RETURNING: the writer may not read the log. A viewer without an account is a newcomer with the own link.
# Answers how many people the user has been shown today; a statement does not see its own rows, hence the UNION.
INSERT_READINGS = f"""
    WITH shown AS (SELECT person FROM unnest(%s::uuid[]) AS person),
    made AS (
        INSERT INTO agencies_reading (person, user_id, agency_id, role, link, what, route, why, at, request)
        SELECT person, {READER}, %s, %s, CASE WHEN viewer_user() IS NULL THEN 'own' ELSE %s END, %s, %s FROM shown
    )
    SELECT count(*) FROM (SELECT person FROM people_read_today UNION SELECT person FROM shown) AS today
"""
INSERT_ATTEMPT = f"""
    INSERT INTO agencies_attempt (user_id, agency_id, role, link, route, asked, reason, at)
    SELECT {READER}, %s, %s, %s, date_trunc('minute', %s) ON CONFLICT DO NOTHING
"""


class LogNotWritten(Exception):
    """The read log could not be written, so nothing may be shown."""


def log_reading(*, people: Iterable[UUID], what: Reading.What, why: Reading.Why, at: datetime) -> None:
    """Log that the transaction's viewer is shown these people (keys of newcomers). Raises LogNotWritten."""
    notes, shown = current_notes(), sorted(people)
    if shown:
        today = _insert(INSERT_READINGS, [shown, what, notes.route, why, at, notes.request])
        notes.written.update(shown)
        _watch(today, at=at)


def read_for(why: Reading.Why) -> Callable[[View], View]:
    """Mark a view with the purpose for which it shows people; a view without the mark is casework."""

    def mark(view: View) -> View:
        view.why = why  # type: ignore[attr-defined]  # read by ReadLogMiddleware
        return view

    return mark


def flush_notes(*, what: Reading.What, at: datetime) -> None:
    """Log the people in the current notes who are not logged yet. Raises LogNotWritten."""
    notes = current_notes()
    log_reading(people=notes.unwritten, what=what, why=Reading.Why(notes.why or Reading.Why.CASEWORK), at=at)


@contextmanager
def logged(*, what: Reading.What, why: Reading.Why, at: datetime) -> Iterator[None]:
    """Log at the end of the block whom a task has read in it; the task sets its viewer first. Raises LogNotWritten."""
    with taking_notes() as notes:
        yield
        log_reading(people=notes.unwritten, what=what, why=why, at=at)


def log_attempt(*, route: str, asked: str, reason: str, at: datetime) -> None:
    """Log that the transaction's viewer was refused; the same attempt is logged once a minute. Raises LogNotWritten."""
    _insert(INSERT_ATTEMPT, [route, asked, reason, at])


def _watch(people_today: int, *, at: datetime) -> None:
    try:
        watch_reader(people=people_today, at=at)
    except DatabaseError as error:
        raise LogNotWritten from error


def _insert(statement: str, values: list[Any]) -> int:
    """Returns the number that the statement answers, or 0."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone()[0] if cursor.description else 0
    except DatabaseError as error:
        raise LogNotWritten from error
