"""Beside which other parts of its dimensions a small cell is hidden, so that neither days nor leaders tell of it.

An edition is kept by whoever likes: what was told once is told for good. So a small one is hidden together with a month
that nobody was told of before: the parts of two months come out together, and where a whole one is small it is the next
one. Until there is one, and six people in the year, the year's sum is hidden, too.

The sum of the months that are hidden together can be worked out, and is no figure of anything.

Where nobody can have been, as at a site that was closed, no one is exchanged: who knows that works out the rest.
A site has two others, and so has an agency: whoever leads or works for one of them knows its numbers, and must not
work out the small one by them. Where there is no second agency the site's whole is hidden.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from motesplats.followup.dimensions import beside, others_beside
from motesplats.followup.suppression import (
    LEAST,
    Atom,
    Cell,
    Exchange,
    Numbering,
    exchange,
    is_small,
    most_first,
)
from motesplats.models import CoverSite

COVERS = 2
AGENCY = "agency"
WHERE_AND_WHEN = {"site", "month"}
# By site, month and dimension: the parts in which somebody is.
Present = Mapping[tuple[int, int, str], Collection[str]]


class Neighbours:
    """The sites beside others in a year; `people`: participants by site and month."""

    def __init__(self, year: int, people: Mapping[tuple[int, int], int]) -> None:
        self.year = year
        self.open = {place for place, number in people.items() if number}
        self._people: dict[int, int] = {}
        for (site, _month), number in people.items():
            self._people[site] = self._people.get(site, 0) + number
        self.sites: dict[int, list[int]] = {}
        rows = CoverSite.objects.filter(year=year).order_by("place")
        for site, other in rows.values_list("site", "beside"):
            self.sites.setdefault(site, []).append(other)
        self._kept = {site: len(others) for site, others in self.sites.items()}

    def covers(self) -> set[int]:
        """The sites that are hidden beside others."""
        return {other for others in self.sites.values() for other in others}

    def beside(self, site: int, place: int, possible: Collection[int]) -> int | None:
        """Of the possible sites the first (0) or second (1) beside this one.

        They are the smallest that are not small themselves when they are first needed.
        """
        known = self.sites.setdefault(site, [])
        found = [other for other in known if other in possible][: place + 1]
        if len(found) <= place:
            others = sorted((self._people[other], other) for other in possible if other not in {site, *known})
            more = [other for people, other in others if people >= LEAST][: COVERS - len(found)]
            known += more
            found += more
        return found[place] if place < len(found) else None

    def keep(self) -> None:
        """Remember the sites for the rest of the year."""
        CoverSite.objects.bulk_create(
            CoverSite(year=self.year, site_id=site, beside_id=other, place=place)
            for site, others in self.sites.items()
            for place, other in enumerate(others)
            if place >= self._kept.get(site, 0)
        )


@dataclass(slots=True)
class CoverWay:
    """What is hidden around the small cells of one measure; `place`: with the first or second site and agency.

    `months`: those that have begun, `parted`: those whose parts are told.
    """

    neighbours: Neighbours
    place: int
    numbering: Numbering
    people: Mapping[int, int]
    present: Present
    months: list[int]
    parted: list[int]
    in_order: Collection[str] = ("month",)
    _together: set[int] = field(default_factory=set)  # cells that are hidden together with an earlier month's
    _found: dict[tuple[int, frozenset[str]], set[int]] = field(default_factory=dict)
    _parts: dict[tuple[str, str, int, int], str | None] = field(default_factory=dict)

    def looked_at(self, small: Mapping[int, Cell], hidden: Collection[int]) -> Iterator[tuple[int, Cell]]:
        """Month by month, then those of the year, which are known by their months' first."""
        of_months: dict[int, list[tuple[int, Cell]]] = {}
        of_year: list[tuple[int, Cell]] = []
        for number in sorted(small, key=lambda number: (len(small[number]), number)):
            month = dict(small[number]).get("month")
            (of_months.setdefault(month, []) if isinstance(month, int) else of_year).append(
                (number, small[number])
            )
        for month in sorted(of_months):
            for number, cell in of_months[month]:
                if number not in self._together:
                    yield number, cell
        yield from of_year

    def one_of(self, dimension: str, people: Mapping[object, int], atom: Atom) -> object:
        """Where most of them are; of sites the first or second, because whoever leads one knows its numbers."""
        found = most_first(people)
        if dimension == "site":
            possible = self._possible(_number(atom["month"]), frozenset())
            found = [site for site in found if site in possible] or found
            return found[min(self.place, len(found) - 1)]
        return found[0]

    def exchanges(self, own: Atom, atom: Atom) -> dict[str, Exchange]:
        site, month = _number(atom["site"]), _number(atom["month"])
        taken = self._but_months(own, site, month)
        if "month" in own:
            taken["month"] = self._together_with(own, site, month, taken)
        return taken

    def _but_months(self, own: Atom, site: int, month: int) -> dict[str, Exchange]:
        """What is taken in that month of the other dimensions."""
        taken: dict[str, Exchange] = {
            dimension: exchange(part, self._beside(dimension, str(part), site, month))
            for dimension, part in own.items()
            if dimension not in WHERE_AND_WHEN
        }
        if "site" in own:
            possible = self._possible(month, _agencies(taken))
            taken["site"] = exchange(site, self.neighbours.beside(site, self.place, possible))
        return taken

    def _beside(self, dimension: str, part: str, site: int, month: int) -> str | None:
        """The part beside this one in which somebody is; of an agency none where there is no such."""
        key = (dimension, part, site, month)
        if key not in self._parts:
            present = self.present.get((site, month, dimension), ())
            others = [other for other in others_beside(dimension, part, present) if other in present]
            if dimension == AGENCY:
                self._parts[key] = others[self.place] if self.place < len(others) else None
            else:
                self._parts[key] = others[0] if others else beside(dimension, part)
        return self._parts[key]

    def _together_with(self, own: Atom, site: int, month: int, taken: Mapping[str, Exchange]) -> Exchange:
        """The month and others until there are two, and six people in the year; whether there are."""
        months = self.months if own.keys() <= WHERE_AND_WHEN else self.parted
        if month not in months:
            return [month], True  # it lies ahead, and in no sum
        line = self.numbering.number(own.items()) - self.numbering.of["month", month]
        sites, agencies = {site, *taken.get("site", ([], False))[0]}, _agencies(taken)
        found: list[object] = []
        for other in _beside_month(month, months, in_pairs=months is self.parted):
            if other != month and not sites <= self._possible(other, agencies):
                continue
            found.append(other)
            number = line + self.numbering.of["month", other]
            if is_small(self.people.get(number, 0)) and self._but_months(own, site, other) == taken:
                self._together.add(number)
            if len(found) > 1 and self._people_until(other, line, months) >= LEAST:
                return found, True
        return found, False

    def _people_until(self, month: int, line: int, months: Iterable[int]) -> int:
        of = self.numbering.of
        return sum(self.people.get(line + of["month", other], 0) for other in months if other <= month)

    def _possible(self, month: int, agencies: frozenset[str]) -> set[int]:
        """The sites that were open in the month, and at which these agencies met anybody."""
        if (month, agencies) not in self._found:
            self._found[month, agencies] = {
                site
                for site, of in self.neighbours.open
                if of == month and agencies <= set(self.present.get((site, month, AGENCY), ()))
            }
        return self._found[month, agencies]


def _beside_month(month: int, months: Collection[int], *, in_pairs: bool) -> list[int]:
    """This one, in pairs the other one of its two, and the later ones."""
    other = month - 1 if in_pairs and not month % 2 else month
    return sorted((each for each in months if each >= other), key=lambda each: (each != month, each))


def _agencies(taken: Mapping[str, Exchange]) -> frozenset[str]:
    return frozenset(map(str, taken.get(AGENCY, ([], False))[0]))


def _number(part: object) -> int:
    assert isinstance(part, int)
    return part
