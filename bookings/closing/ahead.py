"""What is booked ahead at a place, in counts of families by day and summoning agency; never whose."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import connection

from agencies.clock import local
from agencies.models import Location, SiteDay


@dataclass(frozen=True, slots=True)
class Families:
    """How many families of an agency are booked, and how many of them it has been asked to move."""

    agency: str
    booked: int
    asked: int


@dataclass(frozen=True, slots=True)
class BookedDay:
    """An open day of the place with its families."""

    site_day: SiteDay
    families: tuple[Families, ...]

    @property
    def booked(self) -> int:
        return sum(one.booked for one in self.families)

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.families)


def days_ahead(place: Location, *, at: datetime) -> list[BookedDay]:
    """The place's open days from today on; two queries. The viewer keeps the site, else there are no families."""
    today = local(at).date()
    days = SiteDay.objects.filter(location=place, date__gte=today, closed_at=None).order_by("date")
    found = dict(_families(place, today))
    return [BookedDay(day, found.get(day.pk, ())) for day in days]


def _families(place: Location, first: date) -> Iterator[tuple[int, tuple[Families, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT site_day, agency, booked, asked FROM booked_at(%s, %s)", [place.pk, first])
        rows: Iterable[tuple[int, str, int, int]] = cursor.fetchall()
    for day, of_day in groupby(rows, key=lambda row: row[0]):
        yield day, tuple(Families(*row[1:]) for row in of_day)
