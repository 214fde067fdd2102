"""The form's fields as rows of tables of assumptions, folded by subject, each with what it comes to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motesplats.followup.benefit.assumptions import Assumptions
from motesplats.followup.benefit.calculate import BenefitResult
from motesplats.followup.benefit.display import money, plain
from motesplats.followup.benefit.forms import BenefitForm
from motesplats.followup.benefit.wording import (
    COST_PARTS,
    EFFECTS,
    NUMBER_LABELS,
    ORIGIN,
    STAKEHOLDERS,
    UNITS,
)

Row = dict[str, Any]
COSTS, PARTIES = "costs", "parties"
COST_NUMBERS = ["indirect_tax_factor"]
VALUES = ["yearly_value_per_person", "yearly_value_subsidised"]
NUMBER_GROUPS = (
    (gettext_lazy("Frame"), ["participants", "payback_years"]),
    (
        gettext_lazy("An alternative: if so many work for the whole horizon"),
        ["in_work", "in_work_subsidised", "without_in_work"],
    ),
    (gettext_lazy("Measured, and per case"), ["value_first_year", "cases", "value_per_case"]),
)


@dataclass(frozen=True, slots=True)
class FoldedGroup:
    """Assumptions of one subject: lines of costs, of parties, or numbers; `comes_to` stands where it is folded."""

    heading: Any
    numbers: list[Row]
    subject: str = ""
    rows: tuple[Row, ...] = ()
    comes_to: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether a field has an error, so that the group must not be folded."""
        fields = (field for row in (*self.rows, *self.numbers) for field in row.values())
        return any(getattr(field, "errors", None) for field in fields)


def folded_groups(
    form: BenefitForm, assumed: Assumptions | None = None, result: BenefitResult | None = None
) -> Iterator[FoldedGroup]:
    """All of them in the order of the form; what they come to is known of a valid form alone."""
    assumed = assumed or Assumptions()
    cost = money(result.costs.resource_use).text if result and assumed.costs else ""
    yield FoldedGroup(_("Costs"), _number_rows(form, COST_NUMBERS), COSTS, tuple(_cost_rows(form)), cost)
    for heading, names in ((_("Value of a year's work"), VALUES), *NUMBER_GROUPS):
        yield FoldedGroup(heading, _number_rows(form, names), comes_to=_numbers_told(assumed, names))
        if names is VALUES:
            parties, told = _("What a year's work gives each party, kr"), _parties_told(assumed)
            yield FoldedGroup(parties, [], PARTIES, tuple(_effect_rows(form)), told)


def _cost_rows(form: BenefitForm) -> Iterator[Row]:
    """The bound fields of each line of costs, by part."""
    for line in form.lines:
        yield {part: form[f"{line}_{part}"] for part in (*COST_PARTS, *ORIGIN)}


def _effect_rows(form: BenefitForm) -> Iterator[Row]:
    """The bound fields of each party, with its name."""
    for one, label in STAKEHOLDERS.items():
        yield {"label": label} | {part: form[f"{one}_{part}"] for part in (*EFFECTS, *ORIGIN)}


def _number_rows(form: BenefitForm, names: list[str]) -> list[Row]:
    """The bound fields of these numbers, with name and unit."""
    return [
        {"label": NUMBER_LABELS[name], "unit": UNITS[name], "value": form[name]}
        | {part: form[f"{name}_{part}"] for part in ORIGIN}
        for name in names
    ]


def _numbers_told(assumed: Assumptions, names: list[str]) -> str:
    """Those that are known, each with its unit and without what the unit allows."""
    known = [(assumed.number(name), str(UNITS[name]).partition(",")[0]) for name in names]
    return " · ".join(f"{plain(value)} {unit}" for value, unit in known if value is not None)


def _parties_told(assumed: Assumptions) -> str:
    known = sum(1 for effect in assumed.effects.values() if effect.gain is not None)
    if not known:
        return ""
    words = ngettext("known of %(known)s of %(all)s parties", "known of %(known)s of %(all)s parties", known)
    return words % {"known": known, "all": len(STAKEHOLDERS)}
