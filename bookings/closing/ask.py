"""Ask the agencies whose families are booked at a place to move them, and call off the days that are empty."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies.models import Location, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.days import close_day
from agencies.rosters.held import DayIsBooked
from agencies.rosters.who import require_coordinator


class NothingToMove(Refusal):
    kind = "nothing-to-move"
    status = 409


@transaction.atomic
def ask_to_move(*, place: Location, first: date, last: date, by: User, at: datetime) -> int:
    """Mark the chains booked at the place from the first to the last day as to be moved; how many.

    Their agencies see it where they start and on the chain, with what was done by whom; nothing moves by itself.
    Raises NothingToMove, NotForYourRole or SiteNotYours.
    """
    require_coordinator(by, place.site)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ask_to_move(%s, %s, %s)", [place.pk, first, last])
        asked: int = cursor.fetchone()[0]
    if not asked:
        raise NothingToMove(_("No family is booked here then that has not been asked about before."))
    return asked


def call_off_empty_days(*, place: Location, first: date, last: date, by: User, at: datetime) -> int:
    """Call off each day of the period on which nothing is booked; how many. Raises NotForYourRole or SiteNotYours."""
    require_coordinator(by, place.site)
    days = SiteDay.objects.filter(location=place, date__range=(first, last), closed_at=None)
    return sum(_is_called_off(day, by, at) for day in days.select_related("location__site").order_by("date"))


def _is_called_off(day: SiteDay, by: User, at: datetime) -> bool:
    try:
        close_day(site_day=day, by=by, at=at)
    except DayIsBooked:
        return False
    return True
