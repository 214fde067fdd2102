"""Reads and writes of claims: which resource each meeting holds, and from when to when."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from bookings.models import Chain, Claim, Party
from bookings.planner import Span, touched_slots

LONGEST_CLAIM = timedelta(hours=24)

# The conditions on resource_id and starts_at are there for the index below the view, which cannot use the overlap.
FIND_CONFLICTS = """
    SELECT EXISTS (SELECT FROM bookings_chain WHERE party_id = %(party)s AND state = 'booked'),
           EXISTS (
               SELECT FROM free_busy held
               JOIN unnest(%(keys)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
                 wanted (resource, starts, ends) ON resource = resource_id AND period && tstzrange(starts, ends)
               WHERE resource_id = ANY(%(keys)s) AND starts_at > %(after)s AND starts_at < %(before)s
           )
"""
INSERT_CLAIMS = """
    INSERT INTO bookings_claim (meeting_id, resource_id, period)
    SELECT meeting, resource, tstzrange(starts, ends)
    FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::timestamptz[])
      AS held (meeting, resource, starts, ends)
"""


def find_conflicts(party: Party, spans: Iterable[tuple[int, datetime, datetime]]) -> tuple[bool, bool]:
    """Whether the party has a booked chain, and whether any chain, hidden ones too, holds a part of these spans.

    `spans`: resource, start and end; one query.
    """
    keys, starts, ends = map(list, zip(*spans, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            FIND_CONFLICTS,
            {
                "party": party.pk,
                "keys": keys,
                "starts": starts,
                "ends": ends,
                "after": min(starts) - LONGEST_CLAIM,
                "before": max(ends),
            },
        )
        found: tuple[bool, bool] = cursor.fetchone()
        return found


def insert_claims(claims: Iterable[tuple[int, int, datetime, datetime]]) -> None:
    """Insert claims of meeting, resource, start and end; one query, no keys are read back."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT_CLAIMS, [list(column) for column in zip(*claims, strict=True)])


def spans_of_chain(chain: Chain) -> dict[int, list[Span]]:
    """What the chain's meetings hold, per resource, in slots since 1970; one query."""
    return _spans(Claim.objects.filter(meeting__chain=chain))


def spans_of_groups(groups: Iterable[int]) -> dict[int, list[Span]]:
    """The same of groups, by key; one query, none without groups."""
    keys = list(groups)
    return _spans(Claim.objects.filter(group__in=keys)) if keys else {}


def _spans(claims: QuerySet[Claim]) -> dict[int, list[Span]]:
    seconds: dict[int, list[Span]] = {}
    for resource, period in claims.values_list("resource_id", "period"):
        span = int(period.lower.timestamp()), int(period.upper.timestamp())
        seconds.setdefault(resource, []).append(span)
    return {resource: touched_slots(spans) for resource, spans in seconds.items()}
