"""Women's share, and shares of those who are divided into parts; only of what is told."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.tables import TableCell, share_cell
from motesplats.followup.dimensions import AGES, MODES, SEXES, TRACKS
from motesplats.followup.figures.read import HIDDEN, Figure, Part

WOMEN, MEN = ("sex", "F"), ("sex", "M")
DIVIDED = {"sex": SEXES, "age": AGES, "track": TRACKS, "mode": MODES}
Of = Callable[[Part], Figure]


def women(of: Of) -> TableCell:
    """Women's share of women and men; those of whom it is not stated are left out."""
    women, men = of(WOMEN), of(MEN)
    if women.is_hidden or men.is_hidden:
        return TableCell(is_hidden=True)
    both = (women.value or Decimal(0)) + (men.value or Decimal(0))
    return share_cell(women if women.value is not None else Figure(Decimal(0)), Figure(both or None))


def of_divided(of: Of) -> Figure:
    """All who are divided into parts, those of ended months: each is once in each dimension.

    They are the sum of the first dimension of which no part is hidden.
    """
    for dimension in DIVIDED:
        found = sum_of(of, dimension)
        if not found.is_hidden:
            return found
    return HIDDEN


def sum_of(of: Of, dimension: str) -> Figure:
    """All parts of the dimension together; hidden where one is."""
    parts = [of((dimension, key)) for key in DIVIDED[dimension]]
    if any(part.is_hidden for part in parts):
        return HIDDEN
    known = [part.value for part in parts if part.value is not None]
    return Figure(sum(known, Decimal(0)) if known else None)


def country(look: Look) -> list[str]:
    """The title of a column of the country's values beside a site's; none where the country itself is shown."""
    return [_("the whole country")] if look.site else []
