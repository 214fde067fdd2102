"""What the workers do for the whole house."""

from celery import shared_task
from django.utils import timezone

from agencies.models import User
from motesplats.extracts import making
from motesplats.retention import is_night, retain


@shared_task
def keep_no_longer() -> None:
    """Do what the retention rules ask for; beat calls each hour, and the day's hours are left to people."""
    at = timezone.now()
    if is_night(at):
        retain(at=at)


@shared_task
def make_extract(*, extract: int, user: int) -> None:
    """Write out what was asked for, unless who asked has left."""
    reader = User.objects.filter(pk=user, is_active=True).first()
    if reader:
        making.make_extract(key=extract, by=reader, at=timezone.now())
