"""Celery tasks of agencies."""

from celery import shared_task
from django.utils import timezone

from agencies.models import Heartbeat
from agencies.sites.phones import remember_phones


@shared_task(name="agencies.tasks.beat_heart")
def record_heartbeat() -> None:
    """Record that a worker is running; the health page reads it. Keep the sites' telephones at hand."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"beat_at": timezone.now()})
    remember_phones()
