"""Celery tasks of agencies."""

from time import monotonic

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from agencies.dispatches.handlers import QUICK
from agencies.dispatches.sweep import LEASES, send_batch
from agencies.models import Heartbeat
from agencies.rosters import absences
from agencies.secrecy.context import NOBODY, acting_as
from agencies.sites.phones import remember_phones

LEASE: int = settings.DISPATCH_LEASE


@shared_task(name="agencies.tasks.beat_heart")
def record_heartbeat(*, queue: str = QUICK) -> None:
    """Record that the queue's worker is running, which the health page reads; keep the sites' telephones at hand."""
    Heartbeat.objects.update_or_create(name=queue, defaults={"beat_at": timezone.now()})
    if queue == QUICK:
        remember_phones()


@shared_task(name="agencies.tasks.send_due", soft_time_limit=0.8 * LEASE, time_limit=0.9 * LEASE)
def send_due(*, queue: str) -> None:
    """Send what is due in the queue, beginning nothing new after a tenth of a lease; beat asks every few seconds."""
    began = monotonic()
    while monotonic() - began < LEASES[queue].total_seconds() / 10:
        record_heartbeat(queue=queue)
        if not send_batch(queue=queue, at=timezone.now()):
            return


@shared_task(name="agencies.tasks.release_standby")
def release_standby() -> None:
    """Release whoever stood by until today and has nothing booked; beat sends it every hour."""
    with acting_as(NOBODY):
        absences.release_standby(today=timezone.localdate())
