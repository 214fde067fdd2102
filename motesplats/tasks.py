"""Celery tasks that concern several apps."""

from celery import shared_task
from django.utils import timezone

from agencies.models import User
from motesplats.extracts import making
from motesplats.retention import is_night, retain


@shared_task(name="motesplats.tasks.keep_no_longer")
def keep_no_longer() -> None:
    """Apply the retention rules; beat sends it every hour, and it does nothing by day."""
    at = timezone.now()
    if is_night(at):
        retain(at=at)


@shared_task(name="motesplats.tasks.make_extract")
def make_extract(*, extract: int, user: int) -> None:
    """Make the extract, unless the user who asked for it has left."""
    reader = User.objects.filter(pk=user, is_active=True).first()
    if reader:
        making.make_extract(key=extract, by=reader, at=timezone.now())
