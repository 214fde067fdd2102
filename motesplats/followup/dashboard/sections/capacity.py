"""Capacity against inflow: hours on shift beside the newcomers whom the municipalities expect, also ahead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from motesplats.followup.dashboard.bars import Month, bars_of
from motesplats.followup.dashboard.look import Look, month_name
from motesplats.followup.dashboard.months_ahead import Capacity, capacity_by_month, months_shown
from motesplats.followup.dashboard.tables import Picture, Table, TableCell, TableRow, cell_of
from motesplats.followup.figures.period import Period
from motesplats.followup.figures.read import Figure
from motesplats.followup.measures import MEASURES

PACE = "persons_per_staff_hour"
DRAWN = 12  # months, the last ones


@dataclass(frozen=True, slots=True)
class CapacityMonth:
    """A month with its name, and how many there is room for at the period's pace."""

    month: date
    name: str
    capacity: Capacity
    room: TableCell
    came: Figure
    is_ahead: bool


def capacity(look: Look) -> Table | None:
    """Months with hours, expected persons and how many those hours have room for; none where nothing is known."""
    shown = months_shown(look.period, look.asked.today)
    known = capacity_by_month(shown, {look.place, None})
    own = known[look.place]
    if not own:
        return None
    of_period = look.period.months
    months = [
        _month(look, month, own.get(month, Capacity()), shown)
        for month in shown.months
        if month in of_period or month in own
    ]
    feet = [_foot(look, _("All"), look.place, [one.capacity for one in months])]
    if look.site:
        feet.append(_foot(look, _("The whole country"), None, list(known[None].values())))
    return Table(
        "capacity",
        _("Capacity against inflow"),
        [
            _("Month"),
            _("capacity, hours"),
            _("room for"),
            str(MEASURES["inflow_persons"].name),
            _("participants"),
            _("hours for each expected"),
        ],
        [_row(one) for one in months],
        note=_note(look),
        feet=feet,
        picture=_picture(look, months[-DRAWN:]),
    )


def _month(look: Look, month: date, known: Capacity, shown: Period) -> CapacityMonth:
    is_ahead = month > look.asked.today.replace(day=1)
    came = look.of_month("participants", month)
    return CapacityMonth(month, month_name(month, shown), known, _room(look, known.hours), came, is_ahead)


def _room(look: Look, hours: Decimal | None, *, of_country: bool = False) -> TableCell:
    """How many persons the hours have room for at the period's pace."""
    pace = look.of_country(PACE) if of_country else look.of(PACE)
    if hours is None or pace.value is None:
        return TableCell(is_hidden=hours is not None and pace.is_hidden)
    return TableCell(hours * pace.value)


def _row(one: CapacityMonth) -> TableRow:
    name = _("%(month)s, ahead") % {"month": one.name} if one.is_ahead else one.name
    return TableRow(name, _cells([one.capacity], one.room, one.came))


def _foot(look: Look, name: str, place: int | None, months: Sequence[Capacity]) -> TableRow:
    """The sums of the months, and all who came in the period."""
    room = _room(look, _sum(one.hours for one in months), of_country=place is None)
    return TableRow(name, _cells(months, room, look.figures.whole("participants", site=place)))


def _cells(months: Sequence[Capacity], room: TableCell, came: Figure) -> list[TableCell]:
    """Hours for each expected person are those of the months of which both are known."""
    both = [(one.hours, one.expected) for one in months if one.hours is not None and one.expected]
    each = _sum(hours / sum(expected for _hours, expected in both) for hours, _expected in both)
    return [
        TableCell(_sum(one.hours for one in months)),
        room,
        TableCell(_sum(one.expected for one in months)),
        cell_of(came, "participants"),
        TableCell(each, 1),
    ]


def _sum(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """Of those that are known."""
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None


def _note(look: Look) -> str:
    pace = cell_of(look.of(PACE), PACE)
    words = _(
        "Capacity: hours of approved shifts, breaks included. Expected: what the municipalities said last. "
        "Room for: the hours times the period's persons per staff hour (%(pace)s)."
    )
    return words % {"pace": pace}


def _picture(look: Look, months: Sequence[CapacityMonth]) -> Picture | None:
    drawn = [
        Month(
            date_format(one.month, "M").lower(),
            str(TableCell(one.capacity.hours)),
            None if one.capacity.expected is None else float(one.capacity.expected),
            str(TableCell(one.capacity.expected)),
            None if one.room.value is None else float(one.room.rounded),
            is_ahead=one.is_ahead,
        )
        for one in months
    ]
    if not any(one.count is not None or one.goal is not None for one in drawn):
        return None
    key = [("k-bar", str(MEASURES["inflow_persons"].name)), ("k-mark", _("room for so many"))]
    key += [("k-ahead", _("ahead"))] if any(one.is_ahead for one in months) else []
    key.append(("", _("below: capacity in hours")))
    says = _(
        "Bars of the persons expected, with a mark for how many there is room for; the table has the same."
    )
    return Picture("bars", bars_of(drawn), says, key)
