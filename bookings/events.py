"""Record what a verb did, for the history of a party and its chain."""

from datetime import datetime
from typing import Any

from agencies.models import User
from bookings.models import Event


def record_event(
    *, kind: Event.Kind, party_id: int, chain_id: int | None = None, by: User, at: datetime, **facts: Any
) -> None:
    """Write the event; `facts` is what its sentence in the history is made of, as JSON."""
    Event.objects.create(kind=kind, party_id=party_id, chain_id=chain_id, by=by, at=at, facts=facts)
