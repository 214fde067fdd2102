"""What the workers do for this app."""

from celery import shared_task
from django.utils import timezone

from agencies.models import Heartbeat


@shared_task(name="agencies.tasks.beat_heart")
def record_heartbeat() -> None:
    """Say that a worker is alive; the health page looks for it."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"beat_at": timezone.now()})
