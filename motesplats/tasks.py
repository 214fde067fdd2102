"""Celery tasks that concern several apps."""

from celery import shared_task
from django.utils import timezone

from motesplats.followup.handling_times.tell import tell_quarters
from motesplats.retention import is_night, retain


@shared_task(name="motesplats.tasks.keep_no_longer")
def keep_no_longer() -> None:
    """Apply the retention rules; beat sends it every hour, and it does nothing by day."""
    at = timezone.now()
    if is_night(at):
        retain(at=at)


@shared_task(name="motesplats.tasks.tell_handling_times")
def tell_handling_times() -> None:
    """Publish the quarters of handling times that are due; beat sends it every hour."""
    tell_quarters(at=timezone.now())
