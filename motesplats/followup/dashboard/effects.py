"""The three effects of a mötesplats: on the person, on the work, on the time it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motesplats.followup.dashboard.lines import Line, line_of
from motesplats.followup.dashboard.look import Look, month_name
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of
from motesplats.followup.measures import MEASURES

EFFECTS = (
    (
        "strain",
        gettext_lazy("Strain on the person"),
        ("waiting_minutes", "meetings_per_day", "interpreters_per_chain", "travel_km"),
    ),
    (
        "efficiency",
        gettext_lazy("Efficiency"),
        (
            "paid_per_interpreted_minute",
            "persons_per_staff_hour",
            "idle_share",
            "unfilled_orders",
            "on_site_share",
        ),
    ),
    ("time", gettext_lazy("Time"), ("days_to_last_meeting", "days_from_call", "within_7_days")),
)


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect: its first measure large and as a line of months, the others below, all of it as a table."""

    name: str
    measure: str
    value: TableCell
    line: Line | None
    others: list[tuple[str, TableCell]]
    table: Table


def effects(look: Look) -> list[Effect]:
    """All three, in their order."""
    return [_effect(look, code, str(name), measures) for code, name, measures in EFFECTS]


def _effect(look: Look, code: str, name: str, measures: Sequence[str]) -> Effect:
    first, *others = measures
    table = _table(look, code, name, measures)
    cells = [row.cells[0] for row in table.rows]
    line = line_of(
        [None if isinstance(cell.value, str) or cell.value is None else float(cell.value) for cell in cells],
        [row.name for row in table.rows],
        [str(cell) for cell in cells],
    )
    return Effect(
        name,
        str(MEASURES[first].name),
        cell_of(look.of(first, look.part_of(first)), first),
        line,
        [
            (str(MEASURES[measure].name), cell_of(look.of(measure, look.part_of(measure)), measure))
            for measure in others
        ],
        table,
    )


def _table(look: Look, code: str, name: str, measures: Sequence[str]) -> Table:
    rows = [
        TableRow(
            month_name(month, look.period),
            [cell_of(look.of_month(measure, month, look.part_of(measure)), measure) for measure in measures],
        )
        for month in look.period.months
    ]
    whole = [cell_of(look.of(measure, look.part_of(measure)), measure) for measure in measures]
    columns = [_("Month"), *(str(MEASURES[measure].name) for measure in measures)]
    return Table(code, name, columns, rows, foot=TableRow(_("All"), whole))
