"""Put a party on a site's waiting list, and take it off."""

from datetime import datetime

from django.db import transaction

from agencies.models import Site, User
from bookings.models import Chain, Party, WaitingParty

Why, End = WaitingParty.Why, WaitingParty.End


def wait_for_day(
    *, party: Party, site: Site, why: str, by: User, at: datetime, chain: Chain | None = None
) -> WaitingParty:
    """The party's place on the list; who waits already keeps it, and the later reason holds."""
    with transaction.atomic():
        waits, _is_new = WaitingParty.objects.get_or_create(
            party=party,
            ended_at=None,
            defaults={"site": site, "why": why, "chain": chain, "since": at, "added_by": by},
        )
        if (waits.why, waits.chain_id) != (why, chain and chain.pk) and why != Why.NO_DAY:
            waits.why, waits.chain, waits.site = why, chain, site
            waits.save(update_fields=["why", "chain", "site"])
    return waits


def stop_waiting(*, party: Party, how: str = End.BOOKED, at: datetime) -> None:
    """Take the party off the list, if it is there."""
    WaitingParty.objects.filter(party=party, ended_at=None).update(
        ended_at=at, end=how, offered_day=None, offered_at=None
    )
