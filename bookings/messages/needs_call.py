"""Whether somebody must call about a message to which no way leads, or the letter or another task does it already."""

from datetime import datetime, timedelta

from bookings.messages.contacts import own_contacts
from bookings.models import Message

# Until a letter that is written now has been posted and read.
LETTER_TAKES = timedelta(days=5)
# So long it is waited whether a gateway comes back.
GATEWAY_BACK = timedelta(hours=1)
NO_WAY = frozenset({"no_contact", "stopped", "bounced", "wrong", "protected", "no_gateway"})
WITH_LETTER = (Message.Kind.SUMMONS, Message.Kind.CHANGE, Message.Kind.CANCELLATION)


def needs_call(message: Message, why: str, *, at: datetime) -> bool:
    """Whether the message, planned or about to be, becomes a task; none of a receipt.

    Of each matter one, and one more for each adult with a contact of its own.
    Of a missed day the waiting list is the task.
    """
    if why not in NO_WAY:
        return False
    if message.kind in WITH_LETTER:
        if why == "no_gateway" and at - message.planned_at < GATEWAY_BACK:
            return False
        return message.chain.site_day.opens_at - at < LETTER_TAKES and not _is_task(message, message.kind)
    never = why in {"no_contact", "protected", "no_gateway"}  # nobody expects to be reminded
    return message.kind in Message.REMINDERS and not never and not _is_task(message)


def _is_task(message: Message, *kinds: str) -> bool:
    """Whether somebody is, or was, asked to call about this version of the summons whoever is reached where it goes."""
    failed = Message.objects.filter(
        chain=message.chain_id, version=message.version, state=Message.State.FAILED
    )
    apart = own_contacts(message.party)
    if message.newcomer_id in apart:
        failed = failed.filter(newcomer=message.newcomer_id)
    else:
        failed = failed.exclude(newcomer__in=list(apart))
    return (failed.filter(kind__in=kinds) if kinds else failed).exclude(pk=message.pk).exists()
