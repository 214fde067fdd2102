"""Deletes or anonymises, row by row at night, what is due by the agencies' retention rules."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import DatabaseError, connection

from agencies.clock import local
from agencies.secrecy.context import Viewer, acting_as
from bookings.retention import (
    Due,
    anonymise_party,
    delete_code_tries,
    delete_disclosure,
    delete_extract,
    delete_party,
    due_rows,
)
from checklists.retention import forget_words

NIGHT = range(1, 5)  # hours of Stockholm's clock; one is missing or doubled once a year
MOST_ROWS = 500  # rows that one hourly run handles

# Of no agency: row level security shows it what is due and nothing else.
VIEWER = Viewer(role="retention")
# Types of data that belong to no party: their tables, and the column with the end that their rule counts from.
ENDED = {
    "sessions.session": ("django_session", "expire_date"),
    "agencies.dispatch": ("agencies_dispatch", "ended_at"),
}
# The dates of each type of data that a rule may count from.
DATES = {
    "bookings.party": {"registered", "last_day"},
    "bookings.disclosure": {"ended"},
    "bookings.extract": {"made"},
    "bookings.codetries": {"made"},
    **{kind: {"ended"} for kind in ENDED},
}
DELETE_ENDED = """
    DELETE FROM {table} ended USING agencies_retentionrule rule
    WHERE rule.data_type = %s AND rule.agency_id IS NULL AND rule.action = 'delete' AND rule.is_decided
      AND ended.{column} + make_interval(months => rule.months, days => rule.days) <= %s
"""

log = structlog.get_logger(__name__)


def anonymise(*, key: int, at: datetime) -> None:
    """Anonymise a party in every app; bookings last, because it then is no longer due and not visible here."""
    forget_words(key=key, at=at)
    anonymise_party(key=key, at=at)


# The verb that carries out each action on each type of data.
WAYS: dict[tuple[str, str], Callable[..., None]] = {
    ("bookings.party", "delete"): delete_party,
    ("bookings.party", "anonymise"): anonymise,
    ("bookings.disclosure", "delete"): delete_disclosure,
    ("bookings.extract", "delete"): delete_extract,
    ("bookings.codetries", "delete"): delete_code_tries,
}


def can_do(kind: str, action: str) -> bool:
    """Whether there is a verb for the action on this type of data."""
    return (kind, action) in WAYS or (kind in ENDED and action == "delete")


def is_night(at: datetime) -> bool:
    return local(at).hour in NIGHT


def retain(*, at: datetime) -> Counter[str]:
    """Do what is due and count it by outcome; each row has its own transaction, so that one refusal stops no other."""
    with acting_as(VIEWER):
        due = due_rows(limit=MOST_ROWS)
    done = Counter(_outcome(row, at=at) for row in due)
    done.update({f"{kind} delete": _delete_ended(kind, at=at) for kind in ENDED})
    log.info("retention", **done)
    return done


def _outcome(row: Due, *, at: datetime) -> str:
    """Carry out one row's action; return type and action, or "failed", never whose row it was."""
    try:
        with acting_as(VIEWER):
            WAYS[row.kind, row.action](key=row.key, at=at)
    except (DatabaseError, KeyError) as error:
        log.error("retention failed", kind=row.kind, action=row.action, error=type(error).__name__)
        return "failed"
    return f"{row.kind} {row.action}"


def _delete_ended(kind: str, *, at: datetime) -> int:
    """Delete the rows of this type that ended long ago and return their number."""
    table, column = ENDED[kind]
    with acting_as(VIEWER), connection.cursor() as cursor:
        cursor.execute(DELETE_ENDED.format(table=table, column=column), [kind, at])
        deleted: int = cursor.rowcount
        return deleted
