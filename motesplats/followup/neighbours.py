"""Beside which other part of its dimension a small one is hidden: the same all year, so that days tell nothing.

A site has two others, and so has an agency: whoever leads or works for one of them knows its numbers, and must not
work out the small one by them.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from motesplats.followup.dimensions import beside
from motesplats.followup.suppression import LEAST, Beside
from motesplats.models import CoverSite

COVERS = 2


class Neighbours:
    """The neighbours of a year; `months`: those that are told and have ended, `people`: participants by site's key."""

    def __init__(self, year: int, months: Iterable[int], people: Mapping[int, int]) -> None:
        self.year = year
        self.months = set(months)
        self.people = people
        self.sites: dict[int, list[int]] = {}
        rows = CoverSite.objects.filter(year=year).order_by("place")
        for site, other in rows.values_list("site", "beside"):
            self.sites.setdefault(site, []).append(other)
        self._kept = {site: len(others) for site, others in self.sites.items()}

    def ways(self) -> list[Beside]:
        """The neighbours of each part, once with the first site and agency beside a small one, once with the second."""
        return [partial(self._beside, place) for place in range(COVERS)]

    def covers(self) -> set[int]:
        """The sites that are hidden beside others."""
        return {other for others in self.sites.values() for other in others}

    def _beside(self, place: int, dimension: str, part: Any) -> Any:
        """The other part, or None where there is none."""
        if dimension == "site":
            others = self._covers_of(part)
            return others[place] if place < len(others) else None
        if dimension == "month":
            other = part + 1 if part % 2 else part - 1
            return other if other in self.months else None
        return beside(dimension, part, place)

    def _covers_of(self, site: int) -> list[int]:
        """The smallest other sites that are not small themselves when they are first needed."""
        known = self.sites.setdefault(site, [])
        if len(known) < COVERS:
            others = [
                (people, other)
                for other, people in self.people.items()
                if other != site and other not in known and people >= LEAST
            ]
            known += [other for _people, other in sorted(others)[: COVERS - len(known)]]
        return known

    def keep(self) -> None:
        """Remember the sites for the rest of the year."""
        CoverSite.objects.bulk_create(
            CoverSite(year=self.year, site_id=site, beside_id=other, place=place)
            for site, others in self.sites.items()
            for place, other in enumerate(others)
            if place >= self._kept.get(site, 0)
        )
