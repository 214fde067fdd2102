"""Mark letters as posted."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from agencies.models import User
from bookings.messages.queries import letters_to_post
from bookings.models import Message


def mark_posted(*, keys: Collection[UUID], by: User, at: datetime) -> int:
    """The letters with these keys have been posted or handed over; gives how many waited, a second time none."""
    waiting = letters_to_post(agency=by.agency_id).filter(key__in=keys).values("pk")
    found = Message.objects.filter(pk__in=waiting, state=Message.State.PLANNED)
    return found.update(state=Message.State.SENT, sent_at=at, why="")
