"""The seven grades, and how a mean is read where the low end is the good one; without the database."""

from decimal import Decimal

WORST, BEST = 1, 7


def turned(mean: Decimal, *, is_high_good: bool) -> Decimal:
    """The mean as if 7 were the good end."""
    return mean if is_high_good else WORST + BEST - mean


def not_answered(invited: int, answered: int) -> int | None:
    """How many of those who were asked have not answered; None if more answered than were asked."""
    return invited - answered if answered <= invited else None
