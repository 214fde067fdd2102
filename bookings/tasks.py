"""Celery tasks of bookings."""

from celery import shared_task

from agencies.secrecy.context import NOBODY, acting_as
from bookings.chains import close_days
from bookings.worklists import follow_up


@shared_task(name="bookings.tasks.close_past_days")
def close_past_days() -> None:
    """Close the days that have passed, and let those to which nobody came be followed up; beat sends it every hour."""
    with acting_as(NOBODY):
        close_days.close_past_days()
        follow_up.ask_for_missed_days()
