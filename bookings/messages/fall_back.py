"""Send as an e-mail what has not arrived as a text message."""

from datetime import datetime
from uuid import UUID

from agencies.dispatches.outbox import add_dispatches, viewer_for
from agencies.dispatches.sweep import SWEEPER
from agencies.models import Dispatch
from agencies.secrecy.context import acting_as
from bookings.messages.plan import KIND
from bookings.models import Channel, Message

COPIED = ("party_id", "chain_id", "link_id", "newcomer_id", "version", "kind", "language")


def fall_back(*, message: Message, at: datetime) -> None:
    """Try it for a message that is reported as failed, in the name of whoever asked for it; acts for nobody yet."""
    if message.state != Message.State.FAILED or message.handled_at:
        return
    with acting_as(SWEEPER):
        dispatch = Dispatch.objects.filter(kind=KIND, subject=message.pk).select_related("by").last()
    if dispatch:
        with acting_as(viewer_for(dispatch)):
            try_email(key=message.key, dispatch=dispatch, at=at)


def try_email(*, key: UUID, dispatch: Dispatch, at: datetime) -> None:
    """Send it as an e-mail where there is an address, once; `dispatch` is that of the failed text message."""
    failed = Message.objects.select_related("party").filter(key=key).first()
    if failed is None or failed.channel != Channel.SMS or not failed.party.email or failed.party.is_protected:
        return
    row, is_new = Message.objects.get_or_create(
        **{name: getattr(failed, name) for name in COPIED},
        channel=Channel.EMAIL,
        defaults={"planned_at": at, "due_at": at},
    )
    if is_new:
        add_dispatches(kind=KIND, due={row.pk: at}, by=dispatch.by, at=at, agency=dispatch.agency_id)
