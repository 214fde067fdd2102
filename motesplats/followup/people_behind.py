"""How many people are behind each figure of a year, and which figures are hidden for being few or beside few."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import connection

from motesplats.followup.dimensions import (
    LARGEST,
    PARTS,
    WITHIN_TRACK,
    divided_by,
    parts_of,
)
from motesplats.followup.measures import MEASURES, Kind
from motesplats.followup.neighbours import COVERS, CoverWay, Neighbours
from motesplats.followup.suppression import LEAST, Cell, Hypercube, Numbering
from motesplats.followup.within_tracks import Part
from motesplats.followup.year import Place, Year, around_of

# A share is also of those by whose number it is divided: they may be few, and where none is counted not nobody.
ROWS = """
    SELECT measure, site_id, date_part('month', month)::integer, dimension, key, told_people,
           CASE WHEN measure = ANY(%(shares)s) THEN told_over::float8 END
    FROM motesplats_sitefigure
    WHERE month BETWEEN %(first)s AND %(last)s AND told_amount IS NOT NULL
      AND (dimension = '' OR month < %(parted)s)
      AND (%(measures)s::text[] IS NULL OR measure = ANY(%(measures)s) OR measure = 'participants' AND dimension = ''
        OR measure = 'persons_met' AND dimension = 'agency')
"""
SHARES = [code for code, measure in MEASURES.items() if measure.kind == Kind.SHARE]
PLACES = [frozenset(found) for found in ((), ("site",), ("month",), ("site", "month"))]
Row = tuple[str, int, int, str, str, int, float | None]


def hidden_places(year: Year, measures: Collection[str] | None = None) -> dict[Place, bool]:
    """Every figure of the year, or of these measures, and whether it is hidden.

    The sites that are hidden beside others are remembered.
    """
    codes = None if measures is None else list(measures)
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"shares": SHARES, "measures": codes, **year.bounds})
        rows: list[Row] = cursor.fetchall()
    neighbours = Neighbours(year.number, _participants(rows))
    numbering = Numbering(_all_parts(rows, neighbours))
    by_measure: dict[str, list[Row]] = {}
    for row in rows:
        by_measure.setdefault(row[0], []).append(row)
    meeting = _present(by_measure.get("persons_met", ()))
    begun = sorted(month for month in {row[2] for row in rows} if month in year.begun)
    told: dict[Place, bool] = {}
    for measure, found in by_measure.items():
        if measures is not None and measure not in measures:
            continue
        places, people = _sums(found, numbering)
        cube = _hypercube(found, people, numbering)
        parted = sorted({row[2] for row in found if row[3]})
        present = _present(found) | meeting
        ways = (CoverWay(neighbours, n, numbering, people, present, begun, parted) for n in range(COVERS))
        small = cube.small()
        hidden = {number for way in ways for number in cube.hidden(way, small)}
        told.update((place, number in hidden) for number, place in places.items())
        told.update(dict.fromkeys(_not_within_tracks(found), True))
        # Of nobody where somebody might be: there is no figure, and that is hidden, too.
        nobody = (_place(numbering.cell(number)) for number in hidden if number not in places)
        told.update(((measure, *place), True) for place in nobody if _is_due(*place, parted))
    neighbours.keep()
    return told


def _is_due(_site: int | None, month: int | None, dimension: str, _key: str, parted: Collection[int]) -> bool:
    """Whether the month's parts are told, if it is one."""
    return not dimension or month is None or month in parted


def _not_within_tracks(rows: Iterable[Row]) -> Iterator[Place]:
    """The places of some of whose people sex and age are not known by track: what is known there is not all of them.

    It is hidden, lest the rest, those of older day reports, be told.
    """
    by_track: set[tuple[int, int]] = set()
    known: set[tuple[int, int]] = set()
    keys: dict[Part, str] = {}
    for measure, site, month, dimension, key, people, _over in rows:
        if dimension == "track" and people:
            by_track.add((site, month))
        elif dimension in WITHIN_TRACK:
            keys[dimension, key] = measure
            known.add((site, month))
    lacking = by_track - known if keys else ()
    around = {place for site, month in lacking for place in around_of(site, month)}
    for (dimension, key), measure in keys.items():
        yield from ((measure, site, month, dimension, key) for site, month in around)


def _participants(rows: Iterable[Row]) -> dict[tuple[int, int], int]:
    """By site and month."""
    return {
        (site, month): people
        for measure, site, month, dimension, _key, people, _over in rows
        if measure == "participants" and not dimension
    }


def _present(rows: Iterable[Row]) -> dict[tuple[int, int, str], set[str]]:
    """At each site, in each month, by dimension the parts in which there is anybody."""
    found: dict[tuple[int, int, str], set[str]] = {}
    for _measure, site, month, dimension, key, people, _over in rows:
        if people:
            found.setdefault((site, month, dimension), set()).add(key)
    return found


def _all_parts(rows: Iterable[Row], neighbours: Neighbours) -> dict[str, Collection[object]]:
    """Of each dimension all parts that occur or may be hidden beside one."""
    known: dict[str, dict[object, None]] = {
        "site": dict.fromkeys([*(row[1] for row in rows), *neighbours.covers()]),
        "month": dict.fromkeys(range(1, 13)),
        **{name: dict.fromkeys([*PARTS.get(name, ()), *largest]) for name, largest in LARGEST.items()},
    }
    for dimension, key in {(row[3], row[4]) for row in rows}:
        for name, part in parts_of(dimension, key).items():
            known[name][part] = None
    return {name: list(parts) for name, parts in known.items()}


def _sums(rows: Iterable[Row], numbering: Numbering) -> tuple[dict[int, Place], dict[int, int]]:
    """Of each site, month and part, of all sites and of the year: the place by its number, and how many are behind."""
    of = numbering.of
    kinds: dict[tuple[str, str], int] = {}
    places: dict[int, Place] = {}
    people: dict[int, int] = {}
    over: dict[int, float] = {}
    for measure, site, month, dimension, key, number, divisor in rows:
        if (kind := kinds.get((dimension, key))) is None:
            kind = kinds[dimension, key] = numbering.number(parts_of(dimension, key).items())
        here, then = of["site", site], of["month", month]
        for cell, of_site, of_month in (
            (kind + here + then, site, month),
            (kind + here, site, None),
            (kind + then, None, month),
            (kind, None, None),
        ):
            if cell in people:
                people[cell] += number
            else:
                people[cell] = number
                places[cell] = (measure, of_site, of_month, dimension, key)
            if divisor is not None:
                over[cell] = over.get(cell, 0) + divisor
    few = {
        cell: max(1, int(sum_)) for cell, sum_ in over.items() if sum_ and (sum_ < LEAST or not people[cell])
    }
    return places, people | few


def _hypercube(rows: Iterable[Row], people: dict[int, int], numbering: Numbering) -> Hypercube:
    parts: dict[str, set[object]] = {"site": set(), "month": set()}
    divided: set[frozenset[str]] = set()
    for site, month in {(row[1], row[2]) for row in rows}:
        parts["site"].add(site)
        parts["month"].add(month)
    for dimension, key in {(row[3], row[4]) for row in rows}:
        own = parts_of(dimension, key)
        divided.update(place.union(own) for place in PLACES)
        for name, part in own.items():
            parts.setdefault(name, set()).add(part)
    return Hypercube(people, divided, parts, numbering)


def _place(cell: Cell) -> tuple[int | None, int | None, str, str]:
    parts: dict[str, Any] = dict(cell)
    return (parts.pop("site", None), parts.pop("month", None), *divided_by(parts))
