"""The three effects of a mötesplats: on the person, on the work, on the time it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motesplats.followup.dashboard.lines import Line, line_of
from motesplats.followup.dashboard.look import Look, month_name
from motesplats.followup.dashboard.tables import Table, TableCell, TableRow, cell_of
from motesplats.followup.measures import MEASURES

EFFECTS = {
    "strain": (
        gettext_lazy("Strain on the person"),
        ("waiting_minutes", "meetings_per_day", "interpreters_per_chain", "travel_km"),
    ),
    "efficiency": (
        gettext_lazy("Efficiency"),
        (
            "paid_per_interpreted_minute",
            "persons_per_staff_hour",
            "idle_share",
            "unfilled_orders",
            "on_site_share",
        ),
    ),
    "time": (gettext_lazy("Time"), ("days_to_last_meeting", "days_from_call", "within_7_days")),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A measure of the whole period; `country`: the same of the country, beside a site's."""

    name: str
    value: TableCell
    country: TableCell | None


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect: its first measure large and as a line of months, the others below, all of it as a table."""

    name: str
    first: Told
    others: list[Told]
    line: Line | None
    table: Table


def effect_of(look: Look, code: str) -> Effect:
    """The effect with this code of EFFECTS."""
    name, measures = EFFECTS[code]
    table = _table(look, code, str(name), measures)
    cells = [row.cells[0] for row in table.rows]
    line = line_of(
        [float(cell.value) if isinstance(cell.value, Decimal) else None for cell in cells],
        [row.name for row in table.rows],
        [str(cell.without_unit) for cell in cells],
    )
    first, *others = (_value(look, measure) for measure in measures)
    return Effect(str(name), first, others, line, table)


def _value(look: Look, measure: str) -> Told:
    part, name, unit = look.part_of(measure), str(MEASURES[measure].name), str(MEASURES[measure].unit)
    values = [look.of(measure, part), *([look.of_country(measure, part)] if look.site else [])]
    cells = [cell_of(value, measure) for value in values]
    if unit and name.startswith(unit):
        cells = [cell.without_unit for cell in cells]
    return Told(name, cells[0], cells[1] if look.site else None)


def _table(look: Look, code: str, name: str, measures: Sequence[str]) -> Table:
    parts = {measure: look.part_of(measure) for measure in measures}
    rows = [
        TableRow(
            month_name(month, look.period),
            [cell_of(look.of_month(measure, month, part), measure) for measure, part in parts.items()],
        )
        for month in look.period.months
    ]
    columns = [_("Month"), *(str(MEASURES[measure].name) for measure in measures)]
    feet = [TableRow(_("All"), [cell_of(look.of(measure, part), measure) for measure, part in parts.items()])]
    if look.site:
        theirs = [cell_of(look.of_country(measure, part), measure) for measure, part in parts.items()]
        feet.append(TableRow(_("The whole country"), theirs))
    return Table(code, name, columns, rows, feet=feet)
