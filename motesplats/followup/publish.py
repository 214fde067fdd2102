"""Publish a year's figures of every site, month and part, with small ones hidden and others beside them.

What is hidden depends on all of the year, so that all of it is looked through; written is only what may have changed.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from motesplats.followup.collect import Sums
from motesplats.followup.people_behind import hidden_places
from motesplats.followup.sums_told import sums_told
from motesplats.followup.year import Place, Year
from motesplats.models import PublishedFigure

NUMBERS = ["amount", "over", "people", "spread", "is_reported", "is_hidden"]
KEY = ("measure", "site_id", "month", "dimension", "key")
KNOWN = """
    SELECT id, is_hidden, measure, site_id, month, dimension, key
    FROM motesplats_publishedfigure WHERE year = %s
"""


def publish(*, year: int, today: date, changed: Collection[tuple[int, int]] | None = None) -> None:
    """Write the year's published figures.

    `changed`: the sites (keys) with the months (numbers) of which something else may be told than before; None: all.
    """
    of = Year(year, today)
    told, known = hidden_places(of), _known(year)
    gone = [pk for place, (pk, _is_hidden) in known.items() if place not in told]
    PublishedFigure.objects.filter(pk__in=gone).delete()
    shown = _to_be_written(told, known, changed, is_hidden=False)
    sums = sums_told(of, shown)
    hidden = dict.fromkeys(_to_be_written(told, known, (), is_hidden=True))
    PublishedFigure.objects.bulk_create(
        [PublishedFigure(year=year, **_fields(place, one)) for place, one in (sums | hidden).items()],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["year", "month", "site", "measure", "dimension", "key"],
        update_fields=NUMBERS,
    )


def _known(year: int) -> dict[Place, tuple[int, bool]]:
    """The key of each figure that is published, and whether it is hidden."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [year])
        return {tuple(place): (pk, is_hidden) for pk, is_hidden, *place in cursor.fetchall()}


def _to_be_written(
    told: Mapping[Place, bool],
    known: Mapping[Place, tuple[int, bool]],
    changed: Collection[tuple[int, int]] | None,
    *,
    is_hidden: bool,
) -> list[Place]:
    """Of the shown or the hidden places, those that were not there or not so, and those in which numbers may differ."""
    within = _within(changed)
    return [
        place
        for place, hides in told.items()
        if hides == is_hidden
        and (
            place not in known
            or known[place][1] != is_hidden
            or within is None
            or (place[1], place[2]) in within
        )
    ]


def _within(changed: Iterable[tuple[int, int]] | None) -> set[tuple[int | None, int | None]] | None:
    """The sites and months in whose sums the changed ones are."""
    if changed is None:
        return None
    return {
        place
        for site, month in changed
        for place in ((site, month), (site, None), (None, month), (None, None))
    }


def _fields(place: Place, sums: Sums | None) -> dict[str, Any]:
    numbers = (
        (None, None, None, {}, False, True)
        if sums is None
        else (sums.amount, sums.over, sums.people, sums.spread, sums.is_reported, False)
    )
    return dict(zip(KEY, place, strict=True)) | dict(zip(NUMBERS, numbers, strict=True))
