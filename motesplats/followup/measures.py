"""What is measured: each measure's code, name, definition and unit, the same for page, file, API and report."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """How a value is worked out of its sums: the amount, the amount by its number, a share of it, or the median."""

    COUNT = "count"
    MEAN = "mean"
    SHARE = "share"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure; `by`: the dimensions into which it is divided, besides month and site."""

    code: str
    name: Any
    definition: Any
    kind: Kind = Kind.COUNT
    unit: Any = ""
    by: tuple[str, ...] = ()


PEOPLE = ("sex", "age", "sex_age", "track", "mode")

MEASURES = {
    measure.code: measure
    for measure in (
        Measure(
            "participants",
            _("participants"),
            _(
                "People who came to a site on a day, by its locked day report: who comes on two days counts twice. "
                "Protected identities are not counted from check-ins."
            ),
            by=PEOPLE,
        ),
        Measure(
            "parties", _("parties"), _("Parties that came to a site on a day, by its locked day report.")
        ),
        Measure(
            "no_shows",
            _("parties that did not come"),
            _(
                "Parties that were expected on a day and came to none of its meetings, by its locked day report."
            ),
        ),
        Measure(
            "no_show_share",
            _("share that did not come"),
            _("Parties that did not come, of those that came or did not; by locked day reports."),
            Kind.SHARE,
        ),
        Measure("referrals", _("referred onwards"), _("Joint efforts that were started on the day.")),
        Measure("days", _("days with a report"), _("Days of a site whose report is locked.")),
        Measure(
            "interpreting",
            _("how the interpreting went"),
            _(
                "The staff's grade of a day, 1 (badly) to 4 (very well); the mean of the locked day reports with one."
            ),
            Kind.MEAN,
        ),
    )
}


def value_of(
    measure: Measure, *, amount: Decimal | None, over: Decimal | None, spread: dict[str, int]
) -> Decimal | None:
    """The value that is told, a share as a part of 1; None where there is nothing to divide by or to order."""
    if measure.kind == Kind.MEDIAN:
        return median_of({Decimal(value): number for value, number in spread.items()})
    if measure.kind == Kind.COUNT or amount is None:
        return amount
    return amount / over if over else None


def median_of(spread: dict[Decimal, int]) -> Decimal | None:
    """The value in the middle; of two in the middle their mean."""
    number = sum(spread.values())
    if not number:
        return None
    return (_place((number - 1) // 2, spread) + _place(number // 2, spread)) / 2


def _place(place: int, spread: dict[Decimal, int]) -> Decimal:
    for value in sorted(spread):
        place -= spread[value]
        if place < 0:
            return value
    raise ValueError("There is no such place.")
