"""What the workers do for the whole house."""

from celery import shared_task
from django.utils import timezone

from motesplats.retention import is_night, retain


@shared_task
def keep_no_longer() -> None:
    """Do what the retention rules ask for; beat calls each hour, and the day's hours are left to people."""
    at = timezone.now()
    if is_night(at):
        retain(at=at)
