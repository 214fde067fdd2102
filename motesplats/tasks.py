"""Celery tasks that concern several apps."""

from celery import shared_task
from django.utils import timezone

from motesplats.followup.handling_times.tell import tell_quarters
from motesplats.followup.refresh import refresh_recent
from motesplats.followup.reminders.remind import is_time, remind_all
from motesplats.followup.reports.fill import fill_ended
from motesplats.retention import is_night, retain


@shared_task(name="motesplats.tasks.keep_no_longer")
def keep_no_longer() -> None:
    """Apply the retention rules; beat sends it every hour, and it does nothing by day."""
    at = timezone.now()
    if is_night(at):
        retain(at=at)


@shared_task(name="motesplats.tasks.sum_up_figures")
def sum_up_figures() -> None:
    """Sum up the figures of the running and the last month; beat sends it every hour, and it does nothing by day."""
    at = timezone.now()
    if is_night(at):
        refresh_recent(at=at)


@shared_task(name="motesplats.tasks.fill_day_reports")
def fill_day_reports() -> None:
    """Fill in the reports of days that have ended; beat sends it every ten minutes."""
    fill_ended(at=timezone.now())


@shared_task(name="motesplats.tasks.remind_of_reports")
def remind_of_reports() -> None:
    """Remind managers and coordinators of reports; beat sends it every hour, and it does nothing but of a morning."""
    at = timezone.now()
    if is_time(at):
        remind_all(at=at)


@shared_task(name="motesplats.tasks.tell_handling_times")
def tell_handling_times() -> None:
    """Publish the quarters of handling times that are due; beat sends it every hour."""
    tell_quarters(at=timezone.now())
