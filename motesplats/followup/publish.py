"""Publish a year's figures of every site, month and part, with small ones hidden and others beside them.

What is hidden depends on all of a measure's year, so that all of it is looked through; written is only what may have
changed.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection

from motesplats.followup.collect import Sums
from motesplats.followup.people_behind import hidden_places
from motesplats.followup.sums_told import sums_told
from motesplats.followup.year import Place, Year, around_of
from motesplats.models import PublishedFigure

NUMBERS = ["amount", "over", "people", "spread", "is_reported", "is_hidden"]
KEY = ("measure", "site_id", "month", "dimension", "key")
KNOWN = """
    SELECT id, is_hidden, measure, site_id, month, dimension, key
    FROM motesplats_publishedfigure WHERE year = %s AND (%s::text[] IS NULL OR measure = ANY(%s))
"""


def publish(
    *,
    year: int,
    today: date,
    changed: Collection[tuple[int, int]] | None = None,
    measures: Collection[str] | None = None,
) -> None:
    """Write the year's published figures.

    `changed`: the sites (keys) with the months (numbers) of which something else may be told than before, and
    `measures`: those that may; None: all.
    """
    of = Year(year, today)
    told, known = hidden_places(of, measures), _known(year, measures)
    gone = [known[place][0] for place in known.keys() - told.keys()]
    PublishedFigure.objects.filter(pk__in=gone).delete()
    within = _within(changed)
    shown: list[Place] = []
    hidden: list[Place] = []
    for place, hides in told.items():
        if place not in known or known[place][1] != hides:
            (hidden if hides else shown).append(place)
        elif not hides and (within is None or place[1:3] in within):
            shown.append(place)
    sums = sums_told(of, shown)
    PublishedFigure.objects.bulk_create(
        [
            PublishedFigure(year=year, **_fields(place, one))
            for place, one in (sums | dict.fromkeys(hidden)).items()
        ],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["year", "month", "site", "measure", "dimension", "key"],
        update_fields=NUMBERS,
    )


def _known(year: int, measures: Collection[str] | None) -> dict[Place, tuple[int, bool]]:
    """The key of each figure that is published, and whether it is hidden."""
    codes = None if measures is None else list(measures)
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [year, codes, codes])
        return {row[2:]: row[:2] for row in cursor.fetchall()}


def _within(changed: Iterable[tuple[int, int]] | None) -> set[tuple[int | None, int | None]] | None:
    """The sites and months in whose sums the changed ones are."""
    if changed is None:
        return None
    return {place for site, month in changed for place in around_of(site, month)}


def _fields(place: Place, sums: Sums | None) -> dict[str, Any]:
    numbers = (
        (None, None, None, {}, False, True)
        if sums is None
        else (sums.amount, sums.over, sums.people, sums.spread, sums.is_reported, False)
    )
    return dict(zip(KEY, place, strict=True)) | dict(zip(NUMBERS, numbers, strict=True))
