"""What is booked ahead at a place, in counts of families by day; never whose, and of which agency."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from agencies.clock import local
from agencies.models import Location, SiteDay


@dataclass(frozen=True, slots=True)
class BookedDay:
    """An open day of the place: how many families are booked, and how many of them are to be moved."""

    site_day: SiteDay
    booked: int
    asked: int


def days_ahead(place: Location, *, at: datetime) -> list[BookedDay]:
    """The place's open days from today on; two queries. The viewer keeps the site, else there are no families."""
    today = local(at).date()
    days = SiteDay.objects.filter(location=place, date__gte=today, closed_at=None).order_by("date")
    found = _families(place, today)
    return [BookedDay(day, *found.get(day.pk, (0, 0))) for day in days]


def _families(place: Location, first: date) -> dict[int, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT site_day, booked, asked FROM booked_at(%s, %s)", [place.pk, first])
        return {day: (booked, asked) for day, booked, asked in cursor.fetchall()}
