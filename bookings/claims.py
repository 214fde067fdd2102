"""Claims: what a chain holds, and the lock that every verb takes before it touches them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection

from agencies.models import Resource, Shift
from bookings.horizon import SLOT_SECONDS
from bookings.models import Chain, Claim
from bookings.proposals import Offer

LONGEST_CLAIM = timedelta(hours=24)


def lock_resources(keys: Iterable[int], *, days: Iterable[int] = ()) -> None:
    """Lock all that two verbs could both want, old and new, so that no two of them wait in a ring.

    A desk or an interpreter is locked by its shift on these days: others may book it on another day meanwhile.
    Parties and rooms have no shifts and are locked whole, first; each kind in the order of the primary key.
    """
    keys = set(keys)
    whole = Resource.objects.filter(pk__in=keys, kind__in=[Resource.Kind.PARTY, Resource.Kind.ROOM])
    for rows in (whole, Shift.objects.filter(resource__in=keys, site_day__in=set(days))):
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def is_any_held(offers: Iterable[Offer], interpreter: int | None) -> bool:
    """Whether somebody already holds a part of what is offered; one query, across the walls."""
    wanted = [
        (key, offer) for offer in offers for key in (offer.desk, offer.room, interpreter) if key is not None
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
                SELECT FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) wanted (resource, starts, ends)
                JOIN free_busy ON resource_id = resource AND period && tstzrange(starts, ends)
                 AND starts_at > starts - %s AND starts_at < ends
            )
            """,
            [
                [key for key, _ in wanted],
                [offer.starts_at for _, offer in wanted],
                [offer.ends_at for _, offer in wanted],
                LONGEST_CLAIM,
            ],
        )
        return cursor.fetchone()[0]


def claimed_spans(chain: Chain) -> dict[int, list[tuple[int, int]]]:
    """What the chain's meetings hold, per resource, in slots since 1970."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for resource, period in Claim.objects.filter(meeting__chain=chain).values_list("resource_id", "period"):
        first, last = int(period.lower.timestamp()), int(period.upper.timestamp())
        spans.setdefault(resource, []).append((first // SLOT_SECONDS, -(-last // SLOT_SECONDS)))
    return spans
