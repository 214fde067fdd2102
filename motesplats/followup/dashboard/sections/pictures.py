"""A column of a table as lying bars beside it."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.lying import lying_of
from motesplats.followup.dashboard.tables import Picture, TableCell, TableRow


def bars_beside(title: str, rows: Sequence[TableRow], *, column: int = 0) -> Picture | None:
    """The rows' numbers in that column, hidden ones by their word; None where there is no number."""
    bars = [(row.name, _number(row.cells[column]), str(row.cells[column])) for row in rows]
    if not any(number for _name, number, _written in bars):
        return None
    says = _("%(title)s, as bars; the table has the same figures.") % {"title": title}
    return Picture("lying", lying_of(bars), says)


def _number(cell: TableCell) -> float | None:
    return None if cell.is_hidden or not isinstance(cell.value, Decimal) else float(cell.value)
