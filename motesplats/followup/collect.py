"""A site's figures of a month, summed up anew from its locked day reports and from what happened at its meetings."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from motesplats.followup.dimensions import SEX_AGE, TRACK_AGE, TRACK_SEX, TRACK_SEX_AGE, parts_of
from motesplats.followup.within_tracks import Part, is_within_tracks, with_tracks
from motesplats.models import DayCount, DayReport
from motesplats.models.figures import FigureCell

# What a day report counts besides its people.
TOTALS = ("parties", "no_shows", "referrals")


@dataclass(slots=True)
class Sums:
    """What a figure is worked out of; sums of several sites and months add up to that of all."""

    amount: Decimal = Decimal(0)
    over: Decimal = Decimal(0)
    people: int = 0
    spread: dict[str, int] = field(default_factory=dict)
    is_reported: bool = False

    @classmethod
    def of(cls, row: FigureCell) -> "Sums":
        """Those of a figure that has been written down; a hidden one has none."""
        numbers = row.amount or Decimal(0), row.over or Decimal(0), row.people or 0
        return cls(*numbers, row.spread, row.is_reported)

    def add(self, other: "Sums") -> None:
        self.amount += other.amount
        self.over += other.over
        self.people += other.people
        self.is_reported |= other.is_reported
        for value, number in other.spread.items():
            self.spread[value] = self.spread.get(value, 0) + number


Key = tuple[str, str, str]  # measure, dimension, part


def collected(site: int, month: date) -> dict[Key, Sums]:
    """All figures of the site with this key, by measure, dimension and part; four queries."""
    return reported(site, month) | dict(_of_meetings(site, month))


def reported(site: int, month: date) -> dict[Key, Sums]:
    """What the locked day reports say."""
    reports = DayReport.objects.filter(
        site=site,
        date__year=month.year,
        date__month=month.month,
        locked_at__isnull=False,
        was_open=True,
    )
    return dict(_of_people(reports)) | dict(_of_days(reports))


def _of_meetings(site: int, month: date) -> Iterator[tuple[Key, Sums]]:
    """What happened on the days that have ended; the role of figures alone is told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT measure, dimension, key, amount, over, people, spread::text FROM counted_month(%s, %s)",
            [site, month],
        )
        for measure, dimension, key, amount, over, people, spread in cursor.fetchall():
            yield (measure, dimension, key), Sums(amount, over, people, json.loads(spread))


def _of_people(reports: QuerySet[DayReport]) -> Iterator[tuple[Key, Sums]]:
    """How many persons, whole and by each part of them; within tracks only if all reports are counted so."""
    found: dict[Key, Sums] = {}
    rows = DayCount.objects.filter(report__in=reports).values_list(
        "report", "report__source", "dimension", "key", "people"
    )
    by_report: dict[tuple[int, str], dict[Part, int]] = {}
    for report, source, dimension, key, people in rows:
        by_report.setdefault((report, source), {})[dimension, key] = people
    days = [(source, with_tracks(counts)) for (_report, source), counts in by_report.items()]
    is_within = all(is_within_tracks(counts) for _source, counts in days)
    for source, counts in days:
        for (dimension, key), people in counts.items():
            one = Sums(Decimal(people), people=people, is_reported=source == DayReport.Source.REPORTED)
            for part in _told_of(dimension, key, is_within=is_within):
                found.setdefault(("participants", *part), Sums()).add(one)
    yield from found.items()


def _told_of(dimension: str, key: str, *, is_within: bool) -> list[Part]:
    """The parts in which a number of a day report counts."""
    if dimension == SEX_AGE:
        return [(dimension, key), ("", ""), *parts_of(dimension, key).items()]
    if dimension == TRACK_SEX_AGE:
        track, sex, age = key.split("|")
        of_all = [(dimension, key), (TRACK_SEX, f"{track}|{sex}"), (TRACK_AGE, f"{track}|{age}")]
        return of_all if is_within else []
    return [(dimension, key)]


def _of_days(reports: QuerySet[DayReport]) -> Iterator[tuple[Key, Sums]]:
    """What the reports count of parties, and how many there are."""
    sums = reports.aggregate(
        days=Count("pk"),
        typed=Count("pk", filter=Q(source=DayReport.Source.REPORTED)),
        graded=Count("interpreting"),
        grades=Sum("interpreting"),
        met=Sum("parties", filter=Q(interpreting__isnull=False)),
        **{f"{name}_sum": Sum(name) for name in TOTALS},
    )
    if not sums["days"]:
        return
    typed = bool(sums["typed"])
    for name in TOTALS:
        number = sums[f"{name}_sum"]
        yield (name, "", ""), Sums(Decimal(number), people=number, is_reported=typed)
    missed, expected = sums["no_shows_sum"], sums["no_shows_sum"] + sums["parties_sum"]
    yield ("no_show_share", "", ""), Sums(Decimal(missed), Decimal(expected), missed, is_reported=typed)
    # A day is nobody: how many there were is no secret.
    yield ("days", "", ""), Sums(Decimal(sums["days"]), is_reported=typed)
    if sums["graded"]:
        grades = Decimal(sums["grades"]), Decimal(sums["graded"])
        yield ("interpreting", "", ""), Sums(*grades, people=sums["met"], is_reported=typed)
