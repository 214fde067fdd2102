"""Queries of the read log, for newcomers and for the manager's spot checks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Count

from agencies.models import Agency
from bookings.models import KnownReading, ReadPerson


@dataclass(frozen=True, slots=True)
class DayOfReading:
    """A day on which the party was read about: (agency, number of people) pairs, and whether by its own links."""

    day: date
    agencies: tuple[tuple[Agency | None, int], ...]
    by_link: bool


def days_of_reading() -> list[DayOfReading]:
    """The days on which the viewing newcomer's party was read about, the latest first; two queries."""
    rows = (
        KnownReading.objects.order_by("-day", "agency")
        .values_list("day", "agency", "by_link")
        .annotate(people=Count("person", distinct=True))
    )
    return list(_by_day(list(rows)))


def party_references(people: Iterable[UUID]) -> dict[UUID, str]:
    """The party's reference of each person (by key) whom the manager's agency has read about."""
    found = ReadPerson.objects.filter(person__in=list(people))
    return dict(found.values_list("person", "party_reference"))


def _by_day(rows: list[tuple[date, int | None, bool, int]]) -> Iterator[DayOfReading]:
    agencies = Agency.objects.in_bulk({agency for _, agency, by_link, _ in rows if not by_link})
    for day, of_day in groupby(rows, key=lambda row: row[0]):
        found = list(of_day)
        by_agency = tuple((agencies.get(agency), people) for _, agency, own, people in found if not own)
        yield DayOfReading(day, by_agency, by_link=any(own for _, _, own, _ in found))
