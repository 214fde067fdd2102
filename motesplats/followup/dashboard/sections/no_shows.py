"""Who did not come: by how long before they knew, by reminder and by language."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.pictures import bars_beside
from motesplats.followup.dashboard.sections.shares import country
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of
from motesplats.followup.dimensions import NOTICE, REMINDED
from motesplats.followup.figures.read import NOTHING, WHOLE, Part
from motesplats.followup.part_names import part_name

MEASURE = "no_show_share"


def no_shows(look: Look) -> Table:
    """The share of each part of which anything is known."""
    rows = [
        TableRow(part_name(*part), _cells(look, part))
        for part in _parts(look)
        if look.of(MEASURE, part) != NOTHING
    ]
    return Table(
        "no-shows",
        _("Who did not come"),
        [_("Part"), _("share that did not come"), *country(look)],
        rows,
        note=_(
            "All: by the day reports of every site. The parts: by the check-ins of those sites that book here, "
            "so they need not agree with the whole."
        ),
        feet=[TableRow(_("All"), _cells(look, WHOLE))],
        picture=bars_beside(_("Who did not come"), rows),
    )


def _parts(look: Look) -> Iterator[Part]:
    yield from (("notice", key) for key in NOTICE)
    yield from (("reminder", key) for key in REMINDED)
    yield from (("language", key) for key in look.figures.parts(MEASURE, "language"))


def _cells(look: Look, part: Part) -> list[TableCell]:
    beside = [cell_of(look.of_country(MEASURE, part), MEASURE)] if look.site else []
    return [cell_of(look.of(MEASURE, part), MEASURE), *beside]
