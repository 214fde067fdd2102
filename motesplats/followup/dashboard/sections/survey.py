"""What people said after the day."""

from decimal import Decimal

from django.utils.translation import gettext as _

from motesplats.followup.counted_measures import SURVEY
from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.sections.pictures import bars_beside
from motesplats.followup.dashboard.sections.shares import country
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of
from motesplats.followup.figures.read import Figure


def survey(look: Look) -> Table:
    """The mean of each question, from 1 to 4, and how many answered; a site's beside the country's."""
    rows = [TableRow(str(measure.name), _cells(look, measure.code)) for measure in SURVEY]
    return Table(
        "survey",
        _("What people said after the day"),
        [_("Question"), _("1 (no) to 4 (yes)"), *country(look), _("answers")],
        rows,
        picture=bars_beside(_("What people said after the day"), rows),
    )


def _cells(look: Look, code: str) -> list[TableCell]:
    figure = look.of(code)
    beside = [cell_of(look.of_country(code), code)] if look.site else []
    return [cell_of(figure, code), *beside, _number(figure)]


def _number(figure: Figure) -> TableCell:
    if figure.is_hidden:
        return TableCell(is_hidden=True)
    return TableCell(None if figure.people is None else Decimal(figure.people))
