"""Send by another way what has not arrived: a text message as an e-mail, an e-mail as a text message."""

from datetime import datetime

from agencies.dispatches.outbox import add_dispatches, viewer_for
from agencies.dispatches.sweep import SWEEPER
from agencies.models import Dispatch
from agencies.secrecy.context import acting_as
from bookings.messages.anew import begin_anew
from bookings.messages.needs_call import NO_WAY
from bookings.messages.plan import KIND
from bookings.messages.ways import Way, same_words, ways_to
from bookings.models import Message

COPIED = ("party_id", "chain_id", "link_id", "newcomer_id", "version", "kind", "language")
State = Message.State


def fall_back(*, message: Message, at: datetime) -> None:
    """Try it for a message that is reported as failed, in the name of whoever asked for it; acts for nobody yet."""
    if message.state != State.FAILED or message.handled_at:
        return
    with acting_as(SWEEPER):
        dispatch = Dispatch.objects.filter(kind=KIND, subject=message.pk).select_related("by").last()
    if dispatch:
        with acting_as(viewer_for(dispatch)):
            try_other_way(dispatch=dispatch, at=at)


def try_other_way(*, dispatch: Dispatch, at: datetime) -> None:
    """Send the failed message of the dispatch to an address at which it was not tried, once for each.

    As the viewer of the dispatch.
    """
    found = Message.objects.select_for_update(of=["self"]).select_related("party")
    failed = found.filter(pk=dispatch.subject, state=State.FAILED, handled_at=None).first()
    if failed is None or failed.link_id is None or failed.party.is_protected:
        return
    for way in ways_to(failed.party, failed.newcomer_id):
        row = None if way.why else _planned(failed, way, at=at)
        if row:
            due = {row.pk: at}
            add_dispatches(kind=KIND, due=due, by=dispatch.by, at=at, agency=dispatch.agency_id)
            return


def _planned(failed: Message, way: Way, *, at: datetime) -> Message | None:
    """A message for that way that waits now; None where it goes, or has gone, by that way already."""
    if way.channel == failed.channel:
        row: Message | None = failed
    else:
        row = same_words(failed).filter(channel=way.channel).select_for_update(of=["self"]).last()
    if row is None:
        told = {name: getattr(failed, name) for name in COPIED}
        return Message.objects.create(**told, channel=way.channel, planned_at=at, due_at=at)
    is_over = row.state == State.FAILED or (row.state == State.DROPPED and row.why in NO_WAY)
    was_tried = row.address_digest == way.digest or (row.pk == failed.pk and not row.address_digest)
    if not is_over or row.handled_at or was_tried:
        return None
    begin_anew(row, at=at)
    return row
