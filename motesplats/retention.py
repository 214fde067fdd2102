"""The night's work: what is due by the agencies' retention rules is deleted or anonymised, row by row."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import DatabaseError, connection

from agencies.hours import local
from agencies.secrecy import Viewer, acting_as
from bookings.retaining import (
    Due,
    anonymise_party,
    delete_disclosure,
    delete_extract,
    delete_party,
    due_rows,
)

NIGHT = range(1, 5)  # Stockholm's clock; one of its hours is missing or doubled once a year
MOST_ROWS = 500  # of one hour's run
# Nobody's agency: it sees what is due and nothing else.
VIEWER = Viewer(role="retention")
WAYS: dict[tuple[str, str], Callable[..., None]] = {
    ("bookings.party", "delete"): delete_party,
    ("bookings.party", "anonymise"): anonymise_party,
    ("bookings.disclosure", "delete"): delete_disclosure,
    ("bookings.extract", "delete"): delete_extract,
}

DELETE_SESSIONS = """
    DELETE FROM django_session session USING agencies_retentionrule rule
    WHERE rule.data_type = 'sessions.session' AND rule.action = 'delete' AND rule.is_decided
      AND session.expire_date + make_interval(months => rule.months, days => rule.days) <= %s
"""

log = structlog.get_logger(__name__)


def is_night(at: datetime) -> bool:
    return local(at).hour in NIGHT


def retain(*, at: datetime) -> Counter[str]:
    """Do what is due; each row has a transaction of its own, so that one refusal stops no other."""
    with acting_as(VIEWER):
        due = due_rows(limit=MOST_ROWS)
    done = Counter(_outcome(row, at=at) for row in due)
    done["sessions.session delete"] = _delete_sessions(at=at)
    log.info("retention", **done)
    return done


def _outcome(row: Due, *, at: datetime) -> str:
    """What was done, counted by kind; never whose row it was."""
    try:
        with acting_as(VIEWER):
            WAYS[row.kind, row.action](key=row.key, at=at)
    except (DatabaseError, KeyError) as error:
        log.error("retention failed", kind=row.kind, action=row.action, error=type(error).__name__)
        return "failed"
    return f"{row.kind} {row.action}"


def _delete_sessions(*, at: datetime) -> int:
    """Sessions belong to no agency and stand behind no wall."""
    with connection.cursor() as cursor:
        cursor.execute(DELETE_SESSIONS, [at])
        return cursor.rowcount
