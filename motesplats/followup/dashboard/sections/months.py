"""Month by month: the people beside the goal."""

from datetime import date
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.bars import Bars, Month, bars_of
from motesplats.followup.dashboard.compare import SeriesComparison, overlap_at, reached
from motesplats.followup.dashboard.look import Look, month_name
from motesplats.followup.dashboard.sections.shares import women
from motesplats.followup.dashboard.tables import Picture, Table, TableCell, TableRow, cell_of
from motesplats.followup.figures.read import Figure
from motesplats.followup.measures import MEASURES


def months(look: Look, comparison: SeriesComparison | None) -> Table:
    """Each month: the people, the share of women, parties that did not come; and what they are compared with."""
    part = look.part_of(look.people)
    found = [(month, look.of_month(look.people, month, part)) for month in look.period.months]
    rows = [
        TableRow(
            month_name(month, look.period),
            [
                cell_of(people, look.people),
                women(look, partial(look.of_month, "participants", month)),
                cell_of(look.of_month("parties", month), "parties"),
                cell_of(look.of_month("no_show_share", month), "no_show_share"),
                *(_compared(look, comparison, month, people) if comparison else ()),
            ],
        )
        for month, people in found
    ]
    columns = [_("Month"), MEASURES[look.people].name, _("women"), _("parties"), _("did not come")]
    if comparison:
        columns += [comparison.series.name, _("goal"), _("share")]
    feet = [TableRow(_("All"), _all(look, comparison, look.place))]
    if look.site:
        feet.append(TableRow(_("The whole country"), _all(look, comparison, None)))
    bars = _bars(look, comparison, found, rows)
    return Table(
        "months",
        _("By month"),
        columns,
        rows,
        feet=feet,
        picture=Picture(
            "bars",
            bars,
            _("Bars by month; the table has the same figures."),
            _key(look, comparison, bars),
        ),
    )


def _key(look: Look, comparison: SeriesComparison | None, bars: Bars) -> list[tuple[str, str]]:
    found = [("k-bar", str(MEASURES[look.people].name))]
    goal = comparison.goal(look.place) if comparison else None
    if comparison and goal and any(bar.goal is not None for bar in bars.bars):
        words = {"percent": goal.percent, "series": comparison.series.name}
        found.append(("k-mark", _("goal: %(percent)s %% of %(series)s") % words))
        found.append(("", _("bold: the goal is reached")))
    return found


def _compared(look: Look, comparison: SeriesComparison, month: date, people: Figure) -> list[TableCell]:
    """The series' number of the month, the goal, and the share that the people are; in bold where it is reached."""
    value = comparison.of_month(month, look.place)
    if value is None:
        return [TableCell(), TableCell(), TableCell()]
    goal = comparison.persons(look.place, value.value)
    is_reached = goal is not None and people.value is not None and people.value >= goal
    share = TableCell(is_hidden=True) if people.is_hidden else TableCell()
    if people.value is not None and value.value:
        share = TableCell(100 * people.value / value.value, unit="%", is_strong=is_reached)
    return [
        TableCell(Decimal(value.value), is_approximate=value.is_approximate),
        _persons(goal),
        share,
    ]


def _persons(number: int | None) -> TableCell:
    return TableCell(None if number is None else Decimal(number))


def _all(look: Look, comparison: SeriesComparison | None, place: int | None) -> list[TableCell]:
    """The whole period, of the site with this key or the country."""
    of = partial(look.figures.whole, site=place)
    cells = [
        cell_of(of(look.people, part=look.part_of(look.people)), look.people),
        women(look, lambda part: of("participants", part=part)),
        cell_of(of("parties"), "parties"),
        cell_of(of("no_show_share"), "no_show_share"),
    ]
    if comparison is None:
        return cells
    both = overlap_at(look, comparison, place)
    found = reached(comparison, both, place)
    if found is None:
        return [*cells, TableCell(), TableCell(), TableCell(is_hidden=both.is_hidden)]
    return [*cells, found.of, _persons(found.goal), found.share]


def _bars(
    look: Look, comparison: SeriesComparison | None, found: list[tuple[date, Figure]], rows: list[TableRow]
) -> Bars:
    bars = []
    for (month, people), row in zip(found, rows, strict=True):
        value = comparison.of_month(month, look.place) if comparison else None
        goal = comparison.persons(look.place, value.value) if comparison and value else None
        under = row.cells[-1] if comparison else row.cells[1]
        bars.append(
            Month(
                row.name,
                str(under),
                None if people.value is None else float(people.value),
                str(row.cells[0]),
                goal,
                under.is_strong,
                is_hidden=people.is_hidden,
            )
        )
    return bars_of(bars)
