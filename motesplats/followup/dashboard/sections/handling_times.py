"""Skatteverket's handling times in three bands: the site, all sites and the country in the last quarter told."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.tables import Picture, Table, TableCell, TableRow
from motesplats.followup.handling_times.comparison import ShareRow, quarter_comparison
from motesplats.followup.handling_times.queries import last_told

BANDS = 3


def handling_times(look: Look) -> Table | None:
    """The last quarter told within the period or before it; None before any is told."""
    told = last_told(until=look.period.last)
    if look.site:
        told = [row for row in told if row.site_id in (None, look.place)]
    if not told:
        return None
    quarter = f"{told[0].year}-{told[0].quarter}"
    found = quarter_comparison(told, title=quarter, own={look.site.pk} if look.site else set())
    return Table(
        "handling-times",
        _("Handling times at Skatteverket, quarter %(quarter)s") % {"quarter": quarter},
        [_("Where"), _("1–7 days"), _("8–30 days"), _("more than 30 days"), _("decisions")],
        [_row(row) for row in found.rows],
        note=_("Shares of the notifications of a move that were decided, typed by week from its own count."),
        picture=Picture("bands", found.charts, _("Handling time in three bands, the table is beside it"))
        if found.charts
        else None,
        more=(f"{reverse('followup:handling-times')}?quarter={quarter}", _("Handling times")),
    )


def _row(row: ShareRow) -> TableRow:
    number = TableCell(None if row.number is None else Decimal(row.number), is_hidden=row.number is None)
    if row.shares is None:
        return TableRow(row.name, [*[TableCell(is_hidden=True)] * BANDS, number])
    return TableRow(row.name, [*(TableCell(Decimal(one), unit="%") for one in row.shares.all), number])
