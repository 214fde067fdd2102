"""The rows of a choice: each year, month, site or part with its figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from agencies.models import Role, Site, User
from motesplats.followup.dimensions import TOGETHER
from motesplats.followup.figures.choose import Choice, known_parts
from motesplats.followup.figures.own import OwnFigures
from motesplats.followup.figures.read import NOTHING, Figure, Figures
from motesplats.followup.part_names import part_name


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A key of `by` ("2026", "2026-11", a site's code, a part), how it is called, and its figure."""

    key: str
    label: str
    figure: Figure


def load(choice: Choice, user: User) -> Figures:
    """The figures of the choice: of an own site whole, of all others as they are published."""
    measures, dimensions = [choice.measure.code], [choice.dimension] if choice.dimension else []
    if choice.site and is_own(choice.site, user):
        agency = user.agency.code if user.agency else ""
        return OwnFigures(
            choice.period, site=choice.site.pk, agency=agency, measures=measures, dimensions=dimensions
        )
    site = choice.site.pk if choice.site else None
    return Figures(choice.period, site=site, measures=measures, dimensions=dimensions)


def is_own(site: Site, user: User) -> bool:
    """Whether the user is told of the site what nobody else is."""
    return user.role in (Role.COORDINATOR, Role.MANAGER) and user.sites.filter(pk=site.pk).exists()


def rows_of(choice: Choice, figures: Figures) -> list[FigureRow]:
    """Every row of which anything has been reported."""
    return [row for row in _rows(choice, figures) if row.figure != NOTHING]


def _rows(choice: Choice, figures: Figures) -> Iterator[FigureRow]:
    measure, site = choice.measure.code, choice.site.pk if choice.site else None
    part = choice.part()
    match choice.by:
        case "year":
            for year in choice.period.years:
                yield FigureRow(str(year), str(year), figures.of_year(measure, year, site=site, part=part))
        case "month":
            for month in choice.period.months:
                figure = figures.of_month(measure, month, site=site, part=part)
                yield FigureRow(f"{month:%Y-%m}", f"{month:%Y-%m}", figure)
        case "site":
            for one in [choice.site] if choice.site else Site.objects.all():
                yield FigureRow(one.code, one.name, figures.whole(measure, site=one.pk, part=part))
        case "":
            yield FigureRow("all", "", figures.whole(measure, site=site, part=part))
        case dimension:
            for key in _keys(choice, figures):
                figure = figures.whole(measure, site=site, part=choice.part(key))
                yield FigureRow(key, part_name(dimension, key), figure)


def _keys(choice: Choice, figures: Figures) -> list[str]:
    """The parts by which the rows are divided, the known ones in their order."""
    if choice.by in choice.only:
        return [choice.only[choice.by]]
    if choice.dimension in TOGETHER:
        return list(known_parts(choice.by))
    found = figures.parts(choice.measure.code, choice.dimension)
    known = known_parts(choice.by)
    return [*(key for key in known if key in found), *(key for key in found if key not in known)]
