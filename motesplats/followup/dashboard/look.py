"""What a page of figures is of, with its figures loaded: in a few queries, however many people there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.formats import date_format

from agencies.models import Site, User
from motesplats.followup.dimensions import TRACK_AGE, TRACK_SEX, WITHIN_TRACK, divided_by
from motesplats.followup.figures.own import OwnFigures
from motesplats.followup.figures.period import Period
from motesplats.followup.figures.read import WHOLE, Figure, Figures, Part
from motesplats.followup.figures.rows import is_own
from motesplats.followup.measures import MEASURES
from motesplats.models import Series

# Those within tracks are read for a chosen track alone.
DIMENSIONS = ("sex", "age", "sex_age", "track", "mode", "agency", "language", "notice", "reminder", "why")
# By which single months and each site are told, too; and within a chosen track.
OF_MONTHS, OF_MONTHS_IN_TRACK = ("sex", "age"), (TRACK_SEX, TRACK_AGE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; `chosen`: what stands in the address. `series`: with which participants are compared."""

    period: Period
    site: Site | None
    part: Part
    series: Series | None
    today: date
    chosen: dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """The figures of what is asked for, and the sites; `is_whole`: they are of an own site, with nothing hidden."""

    asked: Asked
    figures: Figures
    sites: Sequence[Site]
    is_whole: bool

    @property
    def period(self) -> Period:
        return self.asked.period

    @property
    def site(self) -> Site | None:
        return self.asked.site

    @property
    def part(self) -> Part:
        return self.asked.part

    @property
    def series(self) -> Series | None:
        return self.asked.series

    @property
    def place(self) -> int | None:
        """The key of the chosen site; None: the country."""
        return self.site.pk if self.site else None

    def of(self, measure: str, part: Part = WHOLE) -> Figure:
        """The measure of the whole period, of the chosen site or the country."""
        return self.figures.whole(measure, site=self.place, part=part)

    def of_country(self, measure: str, part: Part = WHOLE) -> Figure:
        """The same of the country, as it is published, to stand beside a site's."""
        return self.figures.whole(measure, part=part)

    def people_of(self, **parts: str) -> Part:
        """The people of these parts, within the chosen track if one is chosen."""
        return divided_by(({"track": self.part[1]} if self.part[0] == "track" else {}) | parts)

    def of_month(self, measure: str, month: date, part: Part = WHOLE) -> Figure:
        return self.figures.of_month(measure, month, site=self.place, part=part)

    def part_of(self, measure: str) -> Part:
        """The chosen part, where the measure is divided so; else all of it."""
        return self.part if self.part[0] in MEASURES[measure].by else WHOLE

    @property
    def people(self) -> str:
        """The measure of people: with an agency chosen those that it met, else all who came."""
        return "persons_met" if self.part[0] == "agency" else "participants"

    def link(self, **changes: str) -> str:
        """The same page with other choices; an empty one is left out."""
        words = {name: word for name, word in (self.asked.chosen | changes).items() if word}
        return f"?{urlencode(words)}"


def look(asked: Asked, user: User) -> Look:
    """The figures of what is asked for; of an own site whole, of all others as they are published."""
    site = asked.site
    whole = site is not None and is_own(site, user)
    in_track = asked.part[0] == "track"
    dimensions = (*DIMENSIONS, *WITHIN_TRACK) if in_track else DIMENSIONS
    if site and whole:
        agency = user.agency.code if user.agency else ""
        figures: Figures = OwnFigures(asked.period, site=site.pk, agency=agency, dimensions=dimensions)
    else:
        figures = Figures(
            asked.period,
            site=site.pk if site else None,
            dimensions=dimensions,
            monthly=["participants"] if asked.series else [],
            narrow=[*(OF_MONTHS_IN_TRACK if in_track else OF_MONTHS), asked.part[0]],
        )
    return Look(asked, figures, list(Site.objects.all()), whole)


def month_name(month: date, period: Period) -> str:
    """Its short name, with the year where the period has several."""
    return date_format(month, "M Y" if len(period.years) > 1 else "M").lower()
