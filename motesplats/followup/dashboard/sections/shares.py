"""Women's share, and shares of those who are divided into parts; only of what is told."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from motesplats.followup.dashboard.look import Look
from motesplats.followup.dashboard.tables import TableCell, share_cell
from motesplats.followup.figures.read import HIDDEN, Figure, Part


def women(look: Look, of: Callable[[Part], Figure]) -> TableCell:
    """Women's share of women and men; those of whom it is not stated are left out."""
    women, men = of(look.people_of(sex="F")), of(look.people_of(sex="M"))
    if women.is_hidden or men.is_hidden:
        return TableCell(is_hidden=True)
    both = (women.value or Decimal(0)) + (men.value or Decimal(0))
    return share_cell(women if women.value is not None else Figure(Decimal(0)), Figure(both or None))


def of_divided(*ways: Sequence[Figure]) -> Figure:
    """All who are divided into parts in several ways, in each of them once: the sum of a way that hides no part."""
    return next((found for way in ways if not (found := sum_of(way)).is_hidden), HIDDEN)


def sum_of(parts: Sequence[Figure]) -> Figure:
    """All parts together; hidden where one is."""
    if any(part.is_hidden for part in parts):
        return HIDDEN
    known = [part.value for part in parts if part.value is not None]
    return Figure(sum(known, Decimal(0)) if known else None)


def country(look: Look) -> list[str]:
    """The title of a column of the country's values beside a site's; none where the country itself is shown."""
    return [_("the whole country")] if look.site else []
