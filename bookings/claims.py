"""Claims: what a chain holds, and the lock that every verb takes before it touches them."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection

from agencies.models import Resource
from bookings.horizon import SLOT_SECONDS
from bookings.models import Chain, Claim
from bookings.proposals import Offer

LONGEST_CLAIM = timedelta(hours=24)


def lock_resources(keys: Iterable[int]) -> None:
    """Lock every resource, old and new, in the order of the primary key, so that no two verbs wait in a ring."""
    list(
        Resource.objects.select_for_update(no_key=True)
        .filter(pk__in=set(keys))
        .order_by("pk")
        .values_list("pk")
    )


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
