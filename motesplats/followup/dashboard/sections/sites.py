"""The sites beside each other, each with its goal, and on a map."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from agencies.models import Site
from motesplats.followup.dashboard.compare import SeriesComparison, overlap_at, reached
from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.map import MapSite, dots_of
from motesplats.followup.dashboard.sections.shares import women
from motesplats.followup.dashboard.tables import Picture, Table, TableCell, TableRow, cell_of
from motesplats.followup.figures.read import NOTHING, Figure
from motesplats.followup.measures import MEASURES

COLUMNS = ("waiting_minutes", "days_to_last_meeting")


def sites(look: Look, comparison: SeriesComparison | None) -> Table | None:
    """Each site, most people first, with the country below; none where a site is chosen."""
    if look.site:
        return None
    people_of = partial(look.figures.whole, look.people, part=look.part_of(look.people))
    found = [(site, people_of(site=site.pk)) for site in look.sites]
    found.sort(key=lambda one: (one[1] == NOTHING, one[1].is_hidden, -(one[1].value or 0)))
    rows = [
        TableRow(site.name, _cells(look, comparison, site.pk, people), look.link(site=site.code))
        for site, people in found
    ]
    compared = [_("goal"), _("share")] if comparison else []
    return Table(
        "sites",
        _("By site"),
        [
            _("Site"),
            MEASURES[look.people].name,
            *compared,
            _("women"),
            _("65 and older"),
            _("did not come"),
            _("waiting"),
            _("days to last meeting"),
        ],
        rows,
        note=_note(comparison),
        feet=[TableRow(_("The whole country"), _cells(look, comparison, None, people_of(site=None)))],
        picture=Picture(
            "map",
            dots_of([_on_map(*one, row) for one, row in zip(found, rows, strict=True)]),
            _("Map of the sites; the table has the same figures."),
        ),
    )


def _note(comparison: SeriesComparison | None) -> str:
    dots = _("The dot's area is the number of people. An open ring: hidden, or nothing reported.")
    if comparison is None:
        return dots
    goals = _(
        "Goal and share: of %(series)s, in the months of which the site's number is known; "
        "bold where the goal is reached."
    )
    return f"{dots} {goals % {'series': comparison.series.name}}"


def _cells(
    look: Look, comparison: SeriesComparison | None, place: int | None, people: Figure
) -> list[TableCell]:
    of: Callable[..., Figure] = partial(look.figures.whole, site=place)
    return [
        cell_of(people, look.people),
        *(_goal_and_share(look, comparison, place) if comparison else ()),
        women(look, lambda part: of("participants", part=part)),
        cell_of(of("participants", part=look.people_of(age="65+")), "participants"),
        cell_of(of("no_show_share"), "no_show_share"),
        *(cell_of(of(code), code) for code in COLUMNS),
    ]


def _goal_and_share(look: Look, comparison: SeriesComparison, place: int | None) -> list[TableCell]:
    """How many persons the goal asks for, and the share; without a number of the series there is none."""
    both, goal = overlap_at(look, comparison, place), comparison.goal(place)
    found = reached(comparison, both, place)
    asked = goal.persons if goal and goal.persons else found.goal if found else None
    share = found.share if found else TableCell(is_hidden=both.is_hidden)
    return [TableCell(None if asked is None else Decimal(asked)), share]


def _on_map(site: Site, people: Figure, row: TableRow) -> MapSite:
    count = None if people.value is None else float(people.value)
    return MapSite(site.name, float(site.latitude), float(site.longitude), count, str(row.cells[0]))
