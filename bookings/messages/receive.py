"""Write down what is reported of a message: that it has arrived, or not."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.refusals import Refusal
from bookings.messages.contacts import close_address
from bookings.messages.crossing import CERTAIN, CROSSED
from bookings.models import ContactBlock, Message

State = Message.State
ARRIVED = frozenset({"delivered"})
# By the reporter's word the code that `fates` puts into words; of any other word nothing follows.
NOT_ARRIVED = {
    "failed": "undelivered",
    "undelivered": "undelivered",
    "rejected": "undelivered",
    "expired": "expired",
    "invalid": "bad_address",
    "returned": "returned",
    "bounced": "bounced",
    "bounce": "bounced",
}
# Nothing more goes to an address that is none.
CLOSING = frozenset({"bounced", "bad_address"})


class NotSentYet(Refusal):
    """The report comes before we have written down that the message was sent; the gateway is to report again."""

    kind = "not-sent-yet"
    status = 409


class AnotherNumber(Refusal):
    """The report is of another text than ours."""

    kind = "another-number"
    status = 409


def record_receipt(*, key: UUID, number: str, status: str, at: datetime) -> Message | None:
    """Settle the message by the gateway's report; the first one holds, as does what was sent after all.

    None when there is no such message. Raises NotSentYet and AnotherNumber; then nothing is written.
    """
    why = NOT_ARRIVED.get(status, "")
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(key=key).first()
        if message is None or not (why or status in ARRIVED):
            return message
        if number and message.provider_id and number != message.provider_id:
            raise AnotherNumber(_("That is the number of another text."))
        if message.state == State.PLANNED:
            raise NotSentYet(_("It has not been sent yet. Report it again later."))
        if message.state == State.SENT or _was_unsure(message):
            _settle(message, why or _crossed(message), at=at, has_failed=bool(why))
    return message


def _was_unsure(message: Message) -> bool:
    """Whether it was given up only because the gateway's answer had been lost."""
    is_given_up = message.state == State.FAILED and message.why == "unknown"
    return (is_given_up and message.settled_at is not None) or message.why in CERTAIN


def _crossed(message: Message) -> str:
    """What it keeps saying though it has arrived: that its day was cancelled or changed meanwhile."""
    return message.why if message.why in CROSSED.values() else CERTAIN.get(message.why, "")


def _settle(message: Message, why: str, *, at: datetime, has_failed: bool) -> None:
    message.state, message.why, message.settled_at = State.FAILED if has_failed else State.DELIVERED, why, at
    message.sent_at = message.sent_at or at
    if not has_failed:  # whoever settled the failure has nothing left to do
        message.handled_at = message.handled_by = None
    message.save(update_fields=["state", "why", "settled_at", "sent_at", "handled_at", "handled_by"])
    if why in CLOSING and message.address_digest:
        close_address(
            party=message.party_id,
            channel=message.channel,
            digest=message.address_digest,
            why=ContactBlock.Why.BOUNCED,
            at=at,
        )
