"""Celery tasks of bookings; each acts for a user and re-reads what it works on."""

from celery import shared_task
from django.utils import timezone

from agencies.models import Reading, User
from agencies.read_log.log import logged
from agencies.secrecy.context import NOBODY, acting_as, viewer_of
from bookings.chains import close_days
from bookings.models import Summons
from bookings.summons.copies import print_copies


@shared_task(name="bookings.tasks.print_summons")
def print_summons(*, summons: int, user: int) -> None:
    """Print the copies of one version, unless it is gone or the user has left."""
    reader = User.objects.filter(pk=user, is_active=True).first()
    if reader is None:
        return
    with (
        acting_as(viewer_of(reader)),
        logged(what=Reading.What.PRINT, why=Reading.Why.SUMMONS, at=timezone.now()),
    ):
        found = Summons.objects.select_related("chain").filter(pk=summons).first()
        if found:
            print_copies(found)


@shared_task(name="bookings.tasks.close_past_days")
def close_past_days() -> None:
    """Close the days that have passed; beat sends it every hour."""
    with acting_as(NOBODY):
        close_days.close_past_days()
