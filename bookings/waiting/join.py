"""Put a party on a site's waiting list, and take it off."""

from datetime import datetime

from django.db import transaction

from agencies.models import Site, User
from bookings.models import Chain, FreedTime, Party, WaitingParty
from bookings.waiting.call_next import call_waiting

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


def stop_waiting(*, party: Party, how: str = End.BOOKED, taken: int | None = None, at: datetime) -> None:
    """Take the party off the list, if it is there; `taken`: the key of the site day that it has now.

    What it was offered goes to the next: the day, or what else was freed on it.
    """
    waits = WaitingParty.objects.select_for_update().filter(party=party, ended_at=None).first()
    if waits is None:
        return
    offered = waits.offered_day_id
    WaitingParty.objects.filter(pk=waits.pk).update(ended_at=at, end=how, offered_day=None, offered_at=None)
    if offered is None:
        return
    if offered == taken:
        _take_up(offered)
    call_waiting(waits.site_id)


def _take_up(site_day: int) -> None:
    """What was freed first on that day is free no longer."""
    first = FreedTime.objects.filter(site_day=site_day).order_by("freed_at", "pk").values("pk")[:1]
    FreedTime.objects.filter(pk__in=first).delete()
