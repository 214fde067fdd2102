"""The best fit: the interpreter's language, all agencies, the size, then the longest wait."""

from dataclasses import replace
from datetime import timedelta

from bookings.waiting.fit import FittingParty, best_fit
from tests.moment import NOW

USUAL = FittingParty(key=1, speaks=True, left_out=0, minutes=120, since=NOW)


def chosen(*others: FittingParty) -> int:
    best = best_fit([USUAL, *others], minutes=120)
    assert best
    return best.key


def test_nobody_fits_when_nobody_waits():
    assert best_fit([], minutes=120) is None


def test_the_interpreters_language_comes_before_all_else():
    assert chosen(replace(USUAL, key=2, speaks=False, since=NOW - timedelta(days=90))) == 1


def test_who_would_miss_an_agency_comes_later():
    assert chosen(replace(USUAL, key=2, left_out=1, since=NOW - timedelta(days=90))) == 1


def test_the_size_that_fills_the_time_comes_before_the_wait():
    assert chosen(replace(USUAL, key=2, minutes=60, since=NOW - timedelta(days=90))) == 1


def test_else_who_has_waited_longest():
    assert chosen(replace(USUAL, key=2, since=NOW - timedelta(days=1))) == 2
