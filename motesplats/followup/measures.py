"""What is measured: each measure's code, name, definition and unit, the same for page, file, API and report."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from motesplats.followup.counted_measures import COUNTED
from motesplats.followup.dimensions import TOGETHER
from motesplats.followup.measure_kinds import Kind, Measure

__all__ = ["MEASURES", "Kind", "Measure", "median_of", "value_of"]

PLACES = {Kind.MEAN: Decimal("0.1"), Kind.SHARE: Decimal("0.01")}
PEOPLE = ("sex", "age", "track", "mode", *TOGETHER)

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
            _(
                "Parties that did not come, of those that came or did not; by locked day reports. By language, notice "
                "and reminder it is counted from check-ins."
            ),
            Kind.SHARE,
            by=("language", "notice", "reminder"),
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
        *COUNTED,
    )
}


def value_of(
    measure: Measure, *, amount: Decimal | None, over: Decimal | None, spread: dict[str, int]
) -> Decimal | None:
    """The value that is told, a share as a part of 1; None where there is nothing to divide by or to order.

    Rounded as it is shown: of 289 / 7 one could work out the 7, and from it and other sources those who differ.
    """
    if measure.kind == Kind.MEDIAN:
        return median_of({Decimal(value): number for value, number in spread.items()})
    if measure.kind == Kind.COUNT or amount is None:
        return amount
    return (amount / over).quantize(PLACES[measure.kind], ROUND_HALF_UP) if over else None


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
