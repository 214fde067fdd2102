"""Let the reminders of a party follow its protection: none while it lasts, those to come when it has ended."""

from datetime import datetime

from django.db import transaction

from agencies.dispatches.outbox import viewer_for
from agencies.models import Dispatch
from agencies.rosters.locks import lock_resources
from agencies.secrecy.context import acting_as
from bookings.messages.plan import plan_reminders_anew
from bookings.models import Party
from bookings.parties.queries import day_ahead


def follow_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Read the party again, as it is by now, and let the reminders of the day ahead agree; again changes nothing."""
    with acting_as(viewer_for(dispatch)), transaction.atomic():
        party = Party.objects.filter(pk=dispatch.subject).first()
        if party is None:
            return
        lock_resources([party.resource_id])
        party.refresh_from_db()
        if chain := day_ahead(party, at=at):
            plan_reminders_anew(chain=chain, by=dispatch.by, at=at)
