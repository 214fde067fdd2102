"""After a missed day: the party waits for a new one, is told so kindly, and its agency has a task."""

from datetime import datetime

from django.db import connection, transaction

from agencies.dispatches.outbox import viewer_for
from agencies.models import Dispatch, User
from agencies.rosters.locks import lock_resources
from agencies.secrecy.context import acting_as
from bookings.messages.plan import plan_missed
from bookings.models import Chain, Meeting, WaitingParty
from bookings.parties.queries import day_ahead
from bookings.waiting.join import Why, wait_for_day

KIND = "bookings.missed"  # of dispatch: a chain to which nobody came


def ask_for_missed_days() -> int:
    """Let each agency follow up the closed days to which nobody came; gives their number.

    No viewer sees them all, so a function of the database does it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ask_for_missed_days()")
        asked: int = cursor.fetchone()[0]
        return asked


def follow_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Follow the missed day up, unless that is done."""
    with acting_as(viewer_for(dispatch)):
        found = Chain.objects.select_related("party__owner", "site_day__location__site")
        chain = found.filter(pk=dispatch.subject).first()
        if chain:
            follow_up(chain=chain, by=dispatch.by, at=at)


@transaction.atomic
def follow_up(*, chain: Chain, by: User, at: datetime) -> WaitingParty | None:
    """Put the party on the list and tell it; nothing if somebody came after all, it has a new day, or it is done."""
    lock_resources([chain.party.resource_id], days=[chain.site_day_id])
    came = chain.meetings.exclude(attendance=Meeting.Attendance.NO_SHOW)
    done = WaitingParty.objects.filter(chain=chain, why=Why.MISSED)
    if came.exists() or done.exists() or day_ahead(chain.party, at=at):
        return None
    site = chain.site_day.location.site
    waits = wait_for_day(party=chain.party, site=site, why=Why.MISSED, by=by, at=at, chain=chain)
    plan_missed(chain=chain, by=by, at=at)
    return waits
