"""Whoever subtracts what is told, across choices and from one day to the next, works out nobody's few.

A test asks questions drawn by lot; `script/drill attack` asks everything that can be asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from random import Random
from typing import Any

import pytest

from agencies.models import User
from motesplats.followup.dimensions import AGES, SEXES, TRACKS, parts_of
from motesplats.followup.figures.choose import choose
from motesplats.followup.figures.period import Period
from motesplats.followup.figures.rows import load, rows_of
from motesplats.followup.refresh import make_edition
from motesplats.followup.suppression import is_small
from motesplats.models import PublishedFigure
from tests.factories.agencies import SecretariatFactory, the_site
from tests.lot import Lot
from tests.moment import NOW
from tests.motesplats.followup.attack import with_nobody

pytestmark = pytest.mark.django_db
SITES = ["norrkoping", "malmo", "ljusdal"]
QUESTIONS = 500  # drawn by lot, each day
ENDED, RUNNING = [8, 9, 10], 11
PARTED = ("sex", "age", "track")
BY_TRACK = ("track", "sex", "age")
KINDS = [
    {},
    *({"sex": one} for one in SEXES),
    *({"age": one} for one in AGES),
    *({"track": one} for one in TRACKS),
]
KINDS += [{"sex": sex, "age": age} for sex in SEXES for age in AGES]


@dataclass(frozen=True)
class Unknown:
    """How many of a report are of this sex, age and track."""

    report: int
    site: str
    month: int
    sex: str
    age: str
    track: str


def questions() -> Iterator[tuple[dict[str, str], str, int, int, str | None]]:
    """Which kind, by what, from which month to which, and where."""
    months = [*ENDED, RUNNING]
    spans = [(first, last) for first in months for last in months if first <= last] + [(1, RUNNING)]
    for (first, last), kind, by in product(spans, KINDS, ("", "site", "month", *PARTED)):
        if by not in PARTED or ({by, *kind} in ({by}, {"sex", "age"}) and by not in kind):
            for site in [None] if by == "site" else [None, *SITES]:
                yield kind, by, first, last, site


class Country:
    """The reports that have been locked, and what has been told of them so far."""

    def __init__(self, reader: User, lot: Lot) -> None:
        self.reader, self.lot = reader, lot
        self.reports: list[tuple[str, int, dict[str, int], dict[str, int]]] = []
        self.within: dict[int, dict[str, int]] = {}  # by report, where sex and age are known within tracks
        self.told: list[tuple[int, dict[str, Any], int]] = []  # reports told then, what was asked, the answer
        self.unknowns: list[Unknown] = []

    def add(self, site: str, month: int, people: dict[str, int], tracks: dict[str, int]) -> None:
        number = len(self.reports)
        self.reports.append((site, month, people, tracks))
        self.unknowns += [Unknown(number, site, month, *parts) for parts in product(SEXES, AGES, TRACKS)]

    def add_within(self, site: str, month: int, within: dict[str, int]) -> None:
        """A report whose people are known by track, sex and age."""
        self.within[len(self.reports)] = within
        self.add(site, month, {}, {})

    def read(self) -> None:
        """Take all that is published of persons, as the open data have it."""
        rows = PublishedFigure.objects.filter(measure="participants", is_hidden=False).select_related("site")
        for row in rows:
            of: dict[str, str | int] = dict(parts_of(row.dimension, row.key))
            of |= {"site": row.site.code} if row.site else {}
            of |= {"first": row.month, "last": row.month} if row.month else {}
            self.told.append((len(self.reports), of, int(row.amount or 0)))

    def look(self) -> None:
        """Ask for what can be asked, for each month, each two and the whole year."""
        for question in self.lot.draw(questions(), QUESTIONS):
            self._ask(*question)

    def _ask(self, kind: dict[str, str], by: str, first: int, last: int, site: str | None) -> None:
        choice = choose(
            measure="participants",
            by=by,
            period=Period(date(2026, first, 1), date(2026, last, 1)),
            site=the_site(site) if site else None,
            only=kind,
        )
        for row in rows_of(choice, load(choice, self.reader)):
            if row.figure.value is not None:
                of = dict(kind) | {"first": first, "last": last} | ({"site": site} if site else {})
                of |= {"first": int(row.key[-2:]), "last": int(row.key[-2:])} if by == "month" else {}
                of |= {by: row.key} if by in ("site", *PARTED) else {}
                self.told.append((len(self.reports), of, int(row.figure.value)))

    def places(self, reports: set[int], of: dict[str, Any]) -> list[int]:
        """The unknowns in these reports that are of this kind."""
        first, last = of.get("first", 1), of.get("last", 12)
        return [
            place
            for place, one in enumerate(self.unknowns)
            if one.report in reports
            and first <= one.month <= last
            and all(getattr(one, name) == of[name] for name in ("site", *PARTED) if name in of)
        ]

    def known(self) -> Iterator[tuple[list[int], int]]:
        """What was told, by its unknowns: those reports whose sum the answer is, the running month's parts left out."""
        for number, of, value in self.told:
            parted = any(name in of for name in PARTED)
            first = {place for place in range(number) if not (parted and self.reports[place][1] == RUNNING)}
            reports = first
            while sum(self._counts(report, of) for report in reports) > value:
                reports = reports - {max(reports)}  # the last ones wait
            assert sum(self._counts(report, of) for report in reports) == value, (of, value)
            yield self.places(reports, of), value

    def empty(self) -> list[list[int]]:
        """The sums of sites, months and kinds in which there is nobody."""
        everywhere = set(range(len(self.reports)))
        spans: list[dict[str, Any]] = [{}, *({"first": month, "last": month} for month in ENDED)]
        places = [{}, *({"site": site} for site in SITES)]
        every = [place | kind | span for place, kind, span in product(places, KINDS, spans)]
        return [
            self.places(everywhere, of)
            for of in every
            if not sum(self._counts(report, of) for report in everywhere)
        ]

    def _counts(self, report: int, of: dict[str, Any]) -> int:
        """How many of the report are of this kind, by its own table."""
        site, month, people, tracks = self.reports[report]
        if not of.get("first", 1) <= month <= of.get("last", 12) or of.get("site", site) != site:
            return 0
        if report in self.within:
            return sum(
                number
                for key, number in self.within[report].items()
                if all(
                    of.get(name, part) == part for name, part in zip(BY_TRACK, key.split("|"), strict=True)
                )
            )
        if "track" in of:
            return tracks.get(of["track"], 0)
        parts = (key.split("|") for key in people)
        return sum(
            people[f"{sex}|{age}"]
            for sex, age in parts
            if of.get("sex", sex) == sex and of.get("age", age) == age
        )


@pytest.fixture
def country(reported, lot) -> Country:
    return Country(SecretariatFactory(), lot)


def drawn(dice: Random, most: int) -> tuple[dict[str, int], dict[str, int]]:
    """A report's people by sex and age, and the same number by track."""
    people = {f"{sex}|{age}": dice.randint(0, most if sex != "U" else 1) for sex in SEXES for age in AGES}
    number = sum(people.values())
    second = dice.randint(0, min(number, 4))
    return people, {"1": number - second, "2": second}


@pytest.mark.parametrize("seed", [1])
def test_subtracting_choices_and_days_gives_no_few(country, reported, seed):
    dice = Random(seed)

    def lock(site: str, month: int, day: int, most: int) -> None:
        people, tracks = drawn(dice, most)
        country.add(site, month, people, tracks)
        reported(site, date(2026, month, day), people=people, tracks=tracks)

    for month in ENDED:
        for site in SITES:
            lock(site, month, 6, most=2 if site == "ljusdal" else 9)
    make_edition(year=2026, at=NOW)
    country.look()
    for day, most in ((3, 6), (4, 1), (5, 1)):
        lock("norrkoping", RUNNING, day, most)
        country.look()
    sums = dict.fromkeys(tuple(places) for places, _value in country.known())
    zeros = [place for places, value in country.known() if not value for place in places]
    everywhere = set(range(len(country.reports)))
    attack = with_nobody(sums, country.empty(), zeros=zeros)
    spans = [{}, *({"first": month, "last": month} for month in ENDED)]
    few = [
        of
        for place, kind, span in product([{}, *({"site": site} for site in SITES)], KINDS, spans)
        for of in [place | kind | span]
        if is_small(sum(country._counts(report, of) for report in everywhere))
    ]
    assert len(few) > 20
    assert [of for of in few if attack.gives(country.places(everywhere, of))] == []
    assert given_to_leaders(country, list(sums), zeros, few) == []
    newest = range(len(country.reports) - 3, len(country.reports))
    of_a_day = [
        ({report}, kind) for report in newest for kind in KINDS if is_small(country._counts(report, kind))
    ]
    assert len(of_a_day) > 10
    assert [one for one in of_a_day if attack.gives(country.places(*one))] == []


def given_to_leaders(
    country: Country, sums: list[tuple[int, ...]], zeros: list[int], few: list[dict[str, Any]]
) -> list[tuple[str, dict[str, Any]]]:
    """The few of other sites that are given to those who know all of their own site's people, too."""
    everywhere, found = set(range(len(country.reports))), []
    for site in SITES:
        own = [(place,) for place, one in enumerate(country.unknowns) if one.site == site]
        leader = with_nobody([*sums, *own], country.empty(), zeros=zeros)
        elsewhere = [of for of in few if of.get("site", site) != site]
        assert elsewhere
        found += [(site, of) for of in elsewhere if leader.gives(country.places(everywhere, of))]
    return found


def drawn_within(dice: Random, most: int) -> dict[str, int]:
    """A report's people by track, sex and age; track 3 has few, nobody stands without a sex."""
    return {
        f"{track}|{sex}|{age}": number
        for track, sex, age in product(TRACKS, "FM", AGES)
        if (number := dice.randint(0, 2 if track == "3" else most))
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_within_tracks_and_by_late_reports_nobody_gets_at_few(country, reported, seed):
    dice = Random(seed)

    def lock(site: str, month: int, day: int, within: dict[str, int]) -> None:
        country.add_within(site, month, within)
        reported(site, date(2026, month, day), within=within)

    for month in ENDED:
        for site in SITES:
            lock(site, month, 6, drawn_within(dice, 2 if site == "ljusdal" else 9))
    make_edition(year=2026, at=NOW)
    country.read()
    late = len(country.reports)
    lock("norrkoping", 10, 20, {"1|F|18-64": 1, "1|M|18-64": 12, "2|M|0-17": 7, "2|M|18-64": 8})
    country.read()
    make_edition(year=2026, at=NOW)
    country.read()
    sums = dict.fromkeys(tuple(places) for places, _value in country.known())
    zeros = [place for places, value in country.known() if not value for place in places]
    attack = with_nobody(sums, country.empty(), zeros=zeros)
    kinds = [parts_of(row[0], row[1]) for row in published_parts()]
    spans = [{}, *({"first": month, "last": month} for month in ENDED)]
    few = [
        of
        for place, kind, span in product([{}, *({"site": site} for site in SITES)], kinds, spans)
        for of in [place | kind | span]
        if is_small(sum(country._counts(report, of) for report in range(late + 1)))
        or is_small(sum(country._counts(report, of) for report in range(late)))
    ]
    assert len(few) > 200
    assert [of for of in few if attack.gives(country.places(set(range(late + 1)), of))] == []
    assert [of for of in few if attack.gives(country.places(set(range(late)), of))] == []
    assert given_to_leaders(country, list(sums), zeros, few) == []
    of_late = [kind for kind in kinds if is_small(country._counts(late, kind))]
    assert len(of_late) > 3
    assert [kind for kind in of_late if attack.gives(country.places({late}, kind))] == []


def published_parts() -> set[tuple[str, str]]:
    """The dimensions and parts of which anything is published, hidden or not."""
    return set(PublishedFigure.objects.filter(measure="participants").values_list("dimension", "key"))
