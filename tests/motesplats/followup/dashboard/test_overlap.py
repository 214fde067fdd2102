"""Months of which both participants and a series are known."""

from datetime import date
from decimal import Decimal

from motesplats.followup.dashboard.overlap import overlap_of
from motesplats.followup.figures.read import HIDDEN, NOTHING, Figure
from motesplats.models import SeriesValue

MONTHS = [date(2026, month, 1) for month in (7, 8, 9)]


def overlap(people: list[Figure], values: list[int | None]):
    known = {
        month: SeriesValue(value=value, is_approximate=value == 90)
        for month, value in zip(MONTHS, values, strict=True)
        if value is not None
    }
    return overlap_of(MONTHS, dict(zip(MONTHS, people, strict=True)).__getitem__, known.get)


def came(number: int) -> Figure:
    return Figure(Decimal(number))


def test_only_months_that_both_know_are_added():
    found = overlap([came(40), NOTHING, came(20)], [80, 60, None])
    assert (found.people, found.whole, [month for month, *_ in found.months]) == (40, 80, [MONTHS[0]])
    assert not found.is_approximate


def test_one_hidden_month_of_the_series_hides_all():
    found = overlap([came(40), HIDDEN, came(20)], [80, 60, 90])
    assert (found.is_hidden, list(found.months)) == (True, [])


def test_a_hidden_month_that_the_series_does_not_know_hides_nothing():
    found = overlap([came(40), HIDDEN, came(20)], [80, None, 90])
    assert (found.is_hidden, found.people, found.whole, found.is_approximate) == (False, 60, 170, True)
