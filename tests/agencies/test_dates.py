"""Dates in six languages; times and dates in Stockholm."""

from datetime import UTC, date, datetime

import pytest

from agencies.dates import clock, full_date, stockholm


@pytest.mark.parametrize(
    ("language", "worded"),
    [
        ("sv", "tisdag 8 december 2026"),
        ("en", "Tuesday 8 December 2026"),
        ("ar", "الثلاثاء 8 كانون الأول / ديسمبر 2026"),
        ("prs", "سه‌شنبه 8 دسمبر 2026"),
        ("so", "Talaado 8 Diseembar 2026"),
        ("ti", "ሰሉስ 8 ታሕሳስ (12) 2026"),
    ],
)
def test_a_full_date_in_each_language(language: str, worded: str) -> None:
    assert full_date(date(2026, 12, 8), language) == worded


@pytest.mark.parametrize(
    ("moment", "time", "day"),
    [
        (datetime(2026, 12, 8, 8, 15, tzinfo=UTC), "09:15", date(2026, 12, 8)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "00:30", date(2026, 7, 2)),
    ],
)
def test_a_moment_gives_the_time_and_date_in_stockholm(moment: datetime, time: str, day: date) -> None:
    assert (clock(moment), stockholm(moment)) == (time, day)
