"""Claims: what a chain holds, and the lock that every verb takes before it touches them."""

from collections.abc import Iterable

from agencies.models import Resource
from bookings.horizon import SLOT_SECONDS
from bookings.models import Chain, Claim


def lock_resources(keys: Iterable[int]) -> None:
    """Lock every resource, old and new, in the order of the primary key, so that no two verbs wait in a ring."""
    list(Resource.objects.select_for_update(no_key=True).filter(pk__in=set(keys)).order_by("pk").values_list("pk"))


def claimed_spans(chain: Chain) -> dict[int, list[tuple[int, int]]]:
    """What the chain's meetings hold, per resource, in slots since 1970."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for resource, period in Claim.objects.filter(meeting__chain=chain).values_list("resource_id", "period"):
        first, last = int(period.lower.timestamp()), int(period.upper.timestamp())
        spans.setdefault(resource, []).append((first // SLOT_SECONDS, -(-last // SLOT_SECONDS)))
    return spans
