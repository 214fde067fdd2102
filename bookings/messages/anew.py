"""Let a message go out anew."""

from datetime import datetime
from uuid import uuid4

from bookings.models import Message


def begin_anew(message: Message, *, at: datetime) -> None:
    """Make it wait again, under a key of its own, since the gateway has settled the former one; a dispatch is due."""
    message.state, message.why, message.key = Message.State.PLANNED, "", uuid4()
    message.due_at, message.attempts, message.provider_id = at, 0, ""
    message.sent_at = message.settled_at = None
    message.save()
