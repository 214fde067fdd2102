"""Publish a year's figures of every site, month and part, with small ones hidden and others beside them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from motesplats.followup.collect import Sums
from motesplats.followup.dimensions import beside, divided_by, parts_of
from motesplats.followup.suppression import LEAST, Cell, hidden_cells
from motesplats.models import CoverSite, PublishedFigure, SiteFigure

Place = tuple[int | None, int | None, str, str]  # site, month, dimension, part; None: all of them
TOLD = ("told_amount", "told_over", "told_people", "told_spread", "is_reported")
NUMBERS = ("amount", "over", "people", "spread", "is_reported", "is_hidden")
KEY = ("measure", "site_id", "month", "dimension", "key")


def publish(*, year: int, today: date) -> None:
    """Write what has changed of the year's published figures."""
    ended = [month for month in range(1, 13) if date(year, month, 1) < today.replace(day=1)]
    told = _sums_told(year, ended)
    participants = told.get("participants", {})
    neighbours = Neighbours(year, ended, participants)
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for measure, places in told.items():
        people = {_cell(*place): sums.people for place, sums in places.items()}
        hidden = {_place(cell) for cell in hidden_cells(people, beside=neighbours.beside)}
        for place in places.keys() | hidden:
            found[measure, *place] = _numbers(None if place in hidden else places[place])
    neighbours.keep()
    _write(year, found)


def _sums_told(year: int, ended: Iterable[int]) -> dict[str, dict[Place, Sums]]:
    """By measure, the sums of each site, month and part, and those of all sites and of the year."""
    found: dict[str, dict[Place, Sums]] = {}
    rows = SiteFigure.objects.filter(month__year=year, told_amount__isnull=False)
    for site, month, measure, dimension, key, *numbers in rows.values_list(
        "site", "month__month", "measure", "dimension", "key", *TOLD
    ):
        if dimension and month not in ended:
            continue
        places = found.setdefault(measure, {})
        one = Sums(*numbers)
        for place in ((site, month), (site, None), (None, month), (None, None)):
            if known := places.get((*place, dimension, key)):
                known.add(one)
            else:
                places[*place, dimension, key] = replace(one, spread=dict(one.spread))
    return found


class Neighbours:
    """Beside which other part of its dimension a small one is hidden: the same all year, so that days tell nothing."""

    def __init__(self, year: int, ended: Iterable[int], participants: Mapping[Place, Sums]) -> None:
        self.year = year
        told = {month for site, month, dimension, _key in participants if site is None and not dimension}
        self.months = told.intersection(ended)
        self.kept = dict(CoverSite.objects.filter(year=year).values_list("site", "beside"))
        self.sites = dict(self.kept)
        self.people = {
            site: sums.people
            for (site, month, dimension, _key), sums in participants.items()
            if site and month is None and not dimension
        }

    def beside(self, dimension: str, part: Any) -> Any:
        """The other part, or None where there is none."""
        if dimension == "site":
            return self._site(part)
        if dimension == "month":
            other = part + 1 if part % 2 else part - 1
            return other if other in self.months else None
        return beside(dimension, part)

    def _site(self, site: int) -> int | None:
        """The smallest other site that is not small itself when it is first needed."""
        if site not in self.sites:
            others = [
                (people, other) for other, people in self.people.items() if other != site and people >= LEAST
            ]
            if not others:
                return None
            self.sites[site] = min(others)[1]
        return self.sites[site]

    def keep(self) -> None:
        """Remember the sites for the rest of the year."""
        CoverSite.objects.bulk_create(
            CoverSite(year=self.year, site_id=site, beside_id=beside)
            for site, beside in self.sites.items()
            if site not in self.kept
        )


def _cell(site: int | None, month: int | None, dimension: str, key: str) -> Cell:
    parts: dict[str, object] = {"site": site, "month": month, **parts_of(dimension, key)}
    return frozenset((name, part) for name, part in parts.items() if part is not None)


def _place(cell: Cell) -> Place:
    parts: dict[str, Any] = dict(cell)
    return (parts.pop("site", None), parts.pop("month", None), *divided_by(parts))


def _numbers(sums: Sums | None) -> tuple[Any, ...]:
    if sums is None:
        return None, None, None, {}, False, True
    return sums.amount, sums.over, sums.people, sums.spread, sums.is_reported, False


def _write(year: int, found: Mapping[tuple[Any, ...], tuple[Any, ...]]) -> None:
    """Make, change and delete the rows that differ."""
    rows = PublishedFigure.objects.filter(year=year).values_list("pk", *KEY, *NUMBERS)
    known = {row[1 : 1 + len(KEY)]: (row[0], row[1 + len(KEY) :]) for row in rows}
    PublishedFigure.objects.filter(pk__in=[known[key][0] for key in known.keys() - found.keys()]).delete()
    changed = [
        PublishedFigure(pk=known[key][0], year=year, **_fields(key, numbers))
        for key, numbers in found.items()
        if key in known and known[key][1] != numbers
    ]
    PublishedFigure.objects.bulk_update(changed, NUMBERS, batch_size=1000)
    PublishedFigure.objects.bulk_create(
        [PublishedFigure(year=year, **_fields(key, found[key])) for key in found.keys() - known.keys()],
        batch_size=1000,
    )


def _fields(key: tuple[Any, ...], numbers: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(KEY, key, strict=True)) | dict(zip(NUMBERS, numbers, strict=True))
