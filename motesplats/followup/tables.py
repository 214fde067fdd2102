"""A year of figures as a table of sites and months, small ones hidden, and the quarters cut from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Site
from bookings.models import Figures
from motesplats.followup.circulation import suppress

Counts = Sequence[int | None]


class OldMeasure(models.TextChoices):
    PARTIES = "parties", _("Parties")
    PEOPLE = "people", _("People")
    MEETINGS = "meetings", _("Meetings held")
    CANCELLED = "cancelled", _("Cancelled days")


@dataclass(frozen=True, slots=True)
class Line:
    """A site's counts, or the country's, by month; None is hidden."""

    name: str
    counts: Counts
    total: int | None

    @property
    def cells(self) -> Counts:
        """The counts with their total last."""
        return [*self.counts, self.total]


@dataclass(frozen=True, slots=True)
class Table:
    """A year's or a quarter's lines, one for each site, and the country's."""

    months: Sequence[date]
    lines: Sequence[Line]
    country: Line

    @property
    def rows(self) -> list[tuple[str, list[tuple[date | None, int | None]]]]:
        """Each line's name with its cells by month, the total's month being None; the country's line is the last."""
        months = [*self.months, None]
        return [
            (line.name, list(zip(months, line.cells, strict=True))) for line in (*self.lines, self.country)
        ]

    @property
    def hides(self) -> bool:
        """Whether any cell is hidden."""
        return any(None in line.cells for line in (*self.lines, self.country))


def table_of(figures: Iterable[Figures], *, measure: OldMeasure, year: int) -> Table:
    """The year's table, in which small counts, and those from which they could be worked out, are None."""
    found = list(figures)
    sites = list(dict.fromkeys(row.site for row in found))
    people = {(row.site, row.month.month): row.people for row in found}
    counts = {(row.site, row.month.month): getattr(row, measure) for row in found}
    behind = people if measure == OldMeasure.MEETINGS else counts
    *rows, last = suppress(_grid(sites, counts), people=_grid(sites, behind))
    return Table(
        months=[date(year, month, 1) for month in range(1, 13)],
        lines=[Line(site.name, row[:-1], row[-1]) for site, row in zip(sites, rows, strict=True)],
        country=Line(str(_("The whole country")), last[:-1], last[-1]),
    )


def quarter_of(table: Table, quarter: int) -> Table:
    """Three months of the year, with the year's hidden cells; a total is shown if all its parts are.

    A quarter suppressed by itself would hide other cells than the year, and the two together could be solved for them.
    """
    months = slice(3 * quarter - 3, 3 * quarter)
    return replace(
        table,
        months=table.months[months],
        lines=[_cut(line, months) for line in table.lines],
        country=_cut(table.country, months),
    )


def _cut(line: Line, months: slice) -> Line:
    counts = line.counts[months]
    total = None if None in counts else sum(count for count in counts if count)
    return Line(line.name, counts, total)


def _grid(sites: Sequence[Site], counts: Mapping[tuple[Site, int], int]) -> list[list[int]]:
    """The counts as rows of sites and columns of the twelve months; 0 where there is none."""
    return [[counts.get((site, month), 0) for month in range(1, 13)] for site in sites]
