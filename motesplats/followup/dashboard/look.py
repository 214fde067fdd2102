"""What a page of figures is of, with its figures loaded: in a few queries, however many people there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format

from agencies.models import Site, User
from motesplats.followup.dimensions import WITHIN_TRACK, divided_by
from motesplats.followup.figures.own import OwnFigures
from motesplats.followup.figures.period import Period
from motesplats.followup.figures.read import WHOLE, Figure, Figures, Part
from motesplats.followup.figures.rows import is_own
from motesplats.followup.measures import MEASURES

# Those within tracks are read for a chosen track alone.
DIMENSIONS = ("sex", "age", "sex_age", "track", "mode", "agency", "language", "notice", "reminder", "why")


@dataclass(frozen=True, slots=True)
class Look:
    """The period, the site or the country, and the part of it; `chosen`: what stands in the address."""

    figures: Figures
    period: Period
    site: Site | None
    part: Part
    sites: Sequence[Site]
    is_whole: bool
    chosen: dict[str, str]

    def of(self, measure: str, part: Part = WHOLE) -> Figure:
        """The measure of the whole period, of the chosen site or the country."""
        return self.figures.whole(measure, site=self.site.pk if self.site else None, part=part)

    def people_of(self, **parts: str) -> Part:
        """The people of these parts, within the chosen track if one is chosen."""
        return divided_by(({"track": self.part[1]} if self.part[0] == "track" else {}) | parts)

    def of_month(self, measure: str, month: date, part: Part = WHOLE) -> Figure:
        return self.figures.of_month(measure, month, site=self.site.pk if self.site else None, part=part)

    def part_of(self, measure: str) -> Part:
        """The chosen part, where the measure is divided so; else all of it."""
        return self.part if self.part[0] in MEASURES[measure].by else WHOLE

    @property
    def people(self) -> str:
        """The measure of people: with an agency chosen those that it met, else all who came."""
        return "persons_met" if self.part[0] == "agency" else "participants"

    def link(self, **changes: str) -> str:
        """The same page with other choices; an empty one is left out."""
        words = {name: word for name, word in (self.chosen | changes).items() if word}
        return f"?{urlencode(words)}"


def look(*, period: Period, site: Site | None, part: Part, user: User, chosen: dict[str, str]) -> Look:
    """The figures of what is chosen; of an own site whole, of all others as they are published."""
    whole = site is not None and is_own(site, user)
    dimensions = (*DIMENSIONS, *WITHIN_TRACK) if part[0] == "track" else DIMENSIONS
    if site and whole:
        agency = user.agency.code if user.agency else ""
        figures: Figures = OwnFigures(period, site=site.pk, agency=agency, dimensions=dimensions)
    else:
        figures = Figures(period, site=site.pk if site else None, dimensions=dimensions)
    return Look(figures, period, site, part, list(Site.objects.all()), whole, chosen)


def month_name(month: date, period: Period) -> str:
    """Its short name, with the year where the period has several."""
    return date_format(month, "M Y" if len(period.years) > 1 else "M").lower()
