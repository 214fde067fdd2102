"""Who waits, and which time is free again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings.models import Chain, FreedTime, Meeting, SummonsAnswer, WaitingParty


def on_the_list() -> QuerySet[WaitingParty]:
    """The agency's places on the list that hold, who has waited longest first.

    Who needs another time waits no longer when it has said that it comes after all, has met somebody on its day, or
    somebody has dealt with its wish; a cancelled day leaves it without any. Who did not come waits no longer when it
    turns out that somebody came.
    """
    chain = OuterRef("chain")
    wishes = SummonsAnswer.objects.filter(
        chain=chain, kind=SummonsAnswer.Kind.ANOTHER_TIME, replaced_at=None, settled_at=None
    )
    met = Meeting.objects.filter(chain=chain, checked_in_at__isnull=False)
    still = ~Q(why=WaitingParty.Why.ANOTHER_TIME) | Q(chain__state=Chain.State.CANCELLED)
    came = Meeting.objects.filter(chain=chain).exclude(attendance=Meeting.Attendance.NO_SHOW)
    was_missed = ~Q(why=WaitingParty.Why.MISSED) | ~Exists(came)
    return WaitingParty.objects.filter(still | Exists(wishes) & ~Exists(met), was_missed, ended_at=None)


def has_offer(*, at: datetime) -> Q:
    """That a waiting party is offered a day that is ahead and has not been closed."""
    return Q(offered_day__opens_at__gt=at, offered_day__closed_at=None)


def waiting_parties() -> QuerySet[WaitingParty]:
    """The same with what is shown of them."""
    return on_the_list().select_related("party", "site", "chain__site_day", "offered_day", "added_by")


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
