"""The results by year that were imported from reports: not based on persons."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from motesplats.followup.dashboard.bars import Month, bars_of
from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.tables import Picture, Table, TableCell, TableRow
from motesplats.followup.figures.read import WHOLE
from motesplats.followup.history.queries import imported_figures
from motesplats.followup.history.results import results_of
from motesplats.followup.history.table import ResultCell, YearRow, columns, rows_of, total_of

SHARE = 2  # its column


def results(look: Look) -> Table | None:
    """The years as they were printed; none for a site or a part, which they do not know."""
    if look.site or look.part != WHOLE:
        return None
    found = results_of(imported_figures())
    if not found.years:
        return None
    years = rows_of(found)
    empty = [TableCell("")] * (len(columns()) - 1)
    return Table(
        "results",
        _("Results by year, imported"),
        [_("Year"), *columns()],
        [TableRow(year.label, [_cell(cell) for _label, cell in year.cells]) for year in years],
        note=_("From the final report. Not based on persons, so it cannot be divided."),
        feet=[TableRow(_("In all"), [_cell(total_of(found)), *empty])],
        picture=Picture(
            "bars",
            bars_of([_bar(year) for year in years]),
            _("Bars by year; the table has the same figures."),
            [("k-bar", _("participants, imported")), ("", _("below: share of the permits granted"))],
        ),
        more=(reverse("followup:results"), _("Results, imported")),
    )


def _cell(cell: ResultCell) -> TableCell:
    if cell.number is not None:
        return TableCell(Decimal(cell.number))
    return TableCell(cell.worded or cell.words or _("no data"))


def _bar(year: YearRow) -> Month:
    people, share = year.cells[0][1], year.cells[SHARE][1]
    return Month(
        year.label.partition(",")[0],
        share.words or "–",
        None if people.number is None else float(people.number),
        people.words,
    )
