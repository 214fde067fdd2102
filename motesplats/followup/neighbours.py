"""Beside which other part of its dimension a small one is hidden: the same all year, so that days tell nothing."""

from collections.abc import Iterable, Mapping
from typing import Any

from motesplats.followup.dimensions import beside
from motesplats.followup.suppression import LEAST
from motesplats.models import CoverSite


class Neighbours:
    """The neighbours of a year; `months`: those that are told and have ended, `people`: participants by site's key."""

    def __init__(self, year: int, months: Iterable[int], people: Mapping[int, int]) -> None:
        self.year = year
        self.months = set(months)
        self.kept = dict(CoverSite.objects.filter(year=year).values_list("site", "beside"))
        self.sites = dict(self.kept)
        self.people = people

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
