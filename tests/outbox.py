"""Sweeps of the outbox for tests: they send as the workers do, without waiting for one."""

from datetime import datetime

from django.utils import timezone

from agencies.dispatches.handlers import HANDLERS
from agencies.dispatches.sweep import SWEEPER, send_batch
from agencies.models import Dispatch
from agencies.secrecy.context import acting_as


def send_all(kind: str, *, at: datetime | None = None) -> int:
    """Send what is due of this kind, as if no other kind waited; return how many were taken."""
    taken = 0
    while some := send_batch(queue=HANDLERS[kind].queue, at=at or timezone.now(), kinds=[kind]):
        taken += some
    return taken


def outbox(**search: object) -> list[Dispatch]:
    """The rows of the outbox, the first asked for first."""
    with acting_as(SWEEPER):
        return list(Dispatch.objects.filter(**search).order_by("pk"))
