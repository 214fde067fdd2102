"""Merge a day into another one: its agencies are asked to move, and nobody new is booked on it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import Location, SiteDay, User
from agencies.refusals import Refusal
from agencies.rosters.days import close_day
from agencies.rosters.held import DayIsBooked
from agencies.rosters.who import require_coordinator
from bookings.closing.ask import NothingToMove, ask_to_move


class CannotMerge(Refusal):
    kind = "cannot-merge"
    status = 409


@dataclass(frozen=True, slots=True)
class Merged:
    """How many families' agencies are asked now; `is_called_off`: nothing was booked, and the day is gone."""

    asked: int
    is_called_off: bool


@transaction.atomic
def merge_day(*, place: Location, day: date, into: date, by: User, at: datetime) -> Merged:
    """Ask the agencies of all who are booked on the day to move them to the other one; nothing moves by itself.

    A day without bookings is called off at once. Raises CannotMerge, NotForYourRole or SiteNotYours.
    """
    require_coordinator(by, place.site)
    found = _open_days(place, {day, into})
    if len(found) != 2 or found[into].merges_into or min(found) < local(at).date():
        raise CannotMerge(
            _("Two open days of the place are merged, of which none has passed or is merged itself.")
        )
    try:
        close_day(site_day=found[day], by=by, at=at)
    except DayIsBooked:
        SiteDay.objects.filter(pk=found[day].pk).update(merges_into=into)
        return Merged(_ask(place, day, by=by, at=at), is_called_off=False)
    return Merged(0, is_called_off=True)


def keep_apart(*, place: Location, day: date, by: User, at: datetime) -> None:
    """Book on the day again; who has been asked to move stays so. Raises NotForYourRole or SiteNotYours."""
    require_coordinator(by, place.site)
    SiteDay.objects.filter(location=place, date=day).update(merges_into=None)


def _open_days(place: Location, dates: set[date]) -> dict[date, SiteDay]:
    days = SiteDay.objects.filter(location=place, date__in=dates, closed_at=None)
    return {one.date: one for one in days.select_related("location__site")}


def _ask(place: Location, day: date, *, by: User, at: datetime) -> int:
    try:
        return ask_to_move(place=place, first=day, last=day, by=by, at=at)
    except NothingToMove:  # all have been asked before
        return 0
