"""Take the report of what became of a message, by a gateway or by mail."""

from datetime import datetime
from uuid import UUID

from agencies.dispatches.sweep import SWEEPER
from agencies.secrecy.context import acting_as
from bookings.messages.fall_back import fall_back
from bookings.messages.receive import NOT_ARRIVED, record_receipt


def take_report(*, key: UUID, number: str = "", status: str, at: datetime) -> bool:
    """Settle the message, and try another way for what has not arrived; gives whether there is such a message.

    In a transaction that acts for nobody yet. Raises NotSentYet and AnotherNumber; then nothing is written.
    """
    with acting_as(SWEEPER):
        found = record_receipt(key=key, number=number, status=status, at=at)
    if found and status in NOT_ARRIVED:
        fall_back(message=found, at=at)
    return found is not None
