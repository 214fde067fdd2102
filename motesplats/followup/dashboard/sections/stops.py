"""Where chains stop."""

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.pictures import bars_beside
from motesplats.followup.dashboard.sections.shares import country
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of, share_cell
from motesplats.followup.figures.read import WHOLE, Figure, Part
from motesplats.followup.part_names import part_name


def stops(look: Look) -> Table | None:
    """Why, how many and for how long; a site's shares and waiting beside the country's."""
    keys = look.figures.parts("chains_stopped", "why")
    found = sorted(((look.of("chains_stopped", ("why", key)), key) for key in keys), key=_most_first)
    rows = [TableRow(part_name("why", key), _cells(look, ("why", key))) for _figure, key in found]
    if not rows:
        return None
    return Table(
        "stops",
        _("Where chains stop"),
        [_("Why"), _("days"), _("share"), *country(look), _("waiting, median"), *country(look)],
        rows,
        note=_("A day with two reasons stands under both."),
        feet=[TableRow(_("All"), _cells(look, WHOLE))],
        picture=bars_beside(_("Where chains stop"), rows),
    )


def _most_first(one: tuple[Figure, str]) -> tuple[bool, float, str]:
    figure, key = one
    return figure.value is None, -float(figure.value or 0), key


def _cells(look: Look, part: Part) -> list[TableCell]:
    stopped, waited = look.of("chains_stopped", part), look.of("days_waited", part)
    cells = [cell_of(stopped, "chains_stopped"), share_cell(stopped, look.of("chains_stopped"))]
    if look.site is None:
        return [*cells, cell_of(waited, "days_waited")]
    theirs = share_cell(look.of_country("chains_stopped", part), look.of_country("chains_stopped"))
    return [
        *cells,
        theirs,
        cell_of(waited, "days_waited"),
        cell_of(look.of_country("days_waited", part), "days_waited"),
    ]
