"""Who waits, and which time is free again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from bookings.models import FreedTime, WaitingParty


def waiting_parties() -> QuerySet[WaitingParty]:
    """The agency's waiting parties, who has waited longest first."""
    found = WaitingParty.objects.filter(ended_at=None)
    return found.select_related("party", "site", "chain__site_day", "offered_day", "added_by")


def freed_times(*, site: int, at: datetime) -> QuerySet[FreedTime]:
    """What has been given back at the site with this key and lies ahead, the next first."""
    found = FreedTime.objects.filter(
        site_day__location__site=site, starts_at__gt=at, site_day__closed_at=None
    )
    return found.select_related("site_day", "interpreter")


def waiting_counts(sites: Iterable[int]) -> dict[int, int]:
    """How many parties wait at each site with these keys, of whichever agency; only for whoever keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT site, waiting_at(site) FROM unnest(%s::bigint[]) AS site", [list(sites)])
        return dict(cursor.fetchall())
