"""Arithmetic with numbers that may be open: what is made of an open number is open."""

from collections.abc import Iterable
from fractions import Fraction

Open = Fraction | None


def total(parts: Iterable[Open]) -> Open:
    """The sum, open if any part is; 0 of no parts."""
    added = Fraction(0)
    for part in parts:
        if part is None:
            return None
        added += part
    return added


def times(*factors: Open) -> Open:
    product = Fraction(1)
    for factor in factors:
        if factor is None:
            return None
        product *= factor
    return product


def less(whole: Open, part: Open) -> Open:
    return None if whole is None or part is None else whole - part


def divided(whole: Open, by: Open) -> Open:
    """The quotient; open also if there is nothing to divide by."""
    return None if whole is None or not by else whole / by
