"""The form's fields as the rows of the table of assumptions."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

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
COST_NUMBERS = ["indirect_tax_factor"]
NUMBER_GROUPS = (
    (_("Value of a year's work"), ["yearly_value_per_person", "yearly_value_subsidised"]),
    (_("Frame"), ["participants", "payback_years"]),
    (
        _("An alternative: if so many work for the whole horizon"),
        ["in_work", "in_work_subsidised", "without_in_work"],
    ),
    (_("Measured, and per case"), ["value_first_year", "cases", "value_per_case"]),
)


def cost_rows(form: BenefitForm) -> Iterator[Row]:
    """The bound fields of each line of costs, by part."""
    for line in form.lines:
        yield {part: form[f"{line}_{part}"] for part in (*COST_PARTS, *ORIGIN)}


def effect_rows(form: BenefitForm) -> Iterator[Row]:
    """The bound fields of each party, with its name."""
    for one, label in STAKEHOLDERS.items():
        yield {"label": label} | {part: form[f"{one}_{part}"] for part in (*EFFECTS, *ORIGIN)}


def number_groups(form: BenefitForm) -> Iterator[tuple[Any, list[Row]]]:
    """The numbers under their headings."""
    for heading, names in NUMBER_GROUPS:
        yield heading, number_rows(form, names)


def number_rows(form: BenefitForm, names: list[str] = COST_NUMBERS) -> list[Row]:
    """The bound fields of these numbers, with name and unit."""
    return [
        {"label": NUMBER_LABELS[name], "unit": UNITS[name], "value": form[name]}
        | {part: form[f"{name}_{part}"] for part in ORIGIN}
        for name in names
    ]
