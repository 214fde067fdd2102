"""Claims: what a chain holds, and the lock that every verb takes before it touches them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection

from bookings.availability.calendars import SLOT_SECONDS
from bookings.models import Chain, Claim, Party

LONGEST_CLAIM = timedelta(hours=24)

LOCKS = (
    """
    SELECT FROM agencies_resource WHERE id = ANY(%(keys)s) AND kind IN ('party', 'room')
    ORDER BY id FOR NO KEY UPDATE
    """,
    """
    SELECT FROM agencies_shift WHERE resource_id = ANY(%(keys)s) AND site_day_id = ANY(%(days)s)
    ORDER BY id FOR NO KEY UPDATE
    """,
)
# The plain conditions on the view are what its index answers; the overlap may not be asked inside it.
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


def lock_resources(keys: Iterable[int], *, days: Iterable[int] = ()) -> None:
    """Lock all that two verbs could both want, old and new, so that no two of them wait in a ring.

    A desk or an interpreter is locked by its shift on these days: others may book it on another day meanwhile.
    Parties and rooms have no shifts and are locked whole, first; each kind in the order of the primary key.
    """
    held = {"keys": list(set(keys)), "days": list(set(days))}
    with connection.cursor() as cursor:
        for lock in LOCKS:
            cursor.execute(lock, held)


def find_conflicts(party: Party, held: Iterable[tuple[int, datetime, datetime]]) -> tuple[bool, bool]:
    """Whether the party counts as booked, and whether somebody holds a part of what it wants, across the walls."""
    keys, starts, ends = map(list, zip(*held, strict=True))
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
        return cursor.fetchone()


def insert_claims(claims: Iterable[tuple[int, int, datetime, datetime]]) -> None:
    """Let each meeting hold a resource from one moment to another; nothing is read back."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT_CLAIMS, [list(column) for column in zip(*claims, strict=True)])


def spans_of_chain(chain: Chain) -> dict[int, list[tuple[int, int]]]:
    """What the chain's meetings hold, per resource, in slots since 1970."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for resource, period in Claim.objects.filter(meeting__chain=chain).values_list("resource_id", "period"):
        first, last = int(period.lower.timestamp()), int(period.upper.timestamp())
        spans.setdefault(resource, []).append((first // SLOT_SECONDS, -(-last // SLOT_SECONDS)))
    return spans
