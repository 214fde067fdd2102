"""Every assumption as a line: in a file, and under a saved calculation that is printed."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motesplats.followup.benefit.assumptions import NOWHERE, Assumptions, CostLine, Origin
from motesplats.followup.benefit.display import plain
from motesplats.followup.benefit.result_tables import ResultRow, ResultTable
from motesplats.followup.benefit.stakeholders import Stakeholder
from motesplats.followup.benefit.wording import COST_KINDS, EFFECTS, NUMBER_LABELS, STAKEHOLDERS, UNITS

VALUE, WORDS = (
    1,
    frozenset({1, 3, 4, 5}),
)  # the place of the value among the cells, and of words among the columns


def assumed_table(assumed: Assumptions, *, known: bool = False) -> ResultTable:
    """Open ones too, or those alone that are known."""
    return ResultTable(
        title=_("Assumptions"),
        header=[_("Assumption"), _("Who"), _("Value"), _("Unit"), _("Source"), _("Holds for")],
        rows=[row for row in _rows(assumed) if not (known and getattr(row.cells[VALUE], "is_open", False))],
        words=WORDS,
    )


def _rows(assumed: Assumptions) -> Iterator[ResultRow]:
    for line in assumed.costs:
        yield from _cost(line)
    for one in Stakeholder:
        effect = assumed.effect_on(one)
        for part, words in EFFECTS.items():
            yield _line(words, STAKEHOLDERS[one], getattr(effect, part), _("kr a year"), effect.origin)
    for name, label in NUMBER_LABELS.items():
        yield _line(label, "", assumed.numbers.get(name), UNITS[name], assumed.origins.get(name, NOWHERE))


def _cost(line: CostLine) -> Iterator[ResultRow]:
    label, who = COST_KINDS[line.kind], STAKEHOLDERS[line.by] if line.by else pgettext("a figure", "open")
    if line.number is not None:
        yield _line(label, who, line.number, _("hours or pieces"), line.origin)
    yield _line(label, who, line.price, _("kr") if line.number is None else _("kr each"), line.origin)


def _line(label: object, who: object, value: Decimal | None, unit: object, origin: Origin) -> ResultRow:
    return ResultRow(str(label), [str(who), plain(value), str(unit), origin.source, origin.dated])
