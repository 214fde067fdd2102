"""Weeks and the quarters to which they belong; without the database."""

from dataclasses import dataclass
from datetime import date, timedelta

# So long after its end a quarter's weeks may be typed; then it is told, and never changed.
OPEN_DAYS = 28
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @property
    def ends(self) -> date:
        """The day after its last."""
        return date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)

    @property
    def told_on(self) -> date:
        """The first day on which it is told."""
        return self.ends + timedelta(days=OPEN_DAYS)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"


def quarter_of(monday: date) -> Quarter:
    """The quarter of the week's Thursday, as weeks belong to years."""
    thursday = monday + 3 * DAY
    return Quarter(thursday.year, (thursday.month + 2) // 3)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - day.weekday() * DAY


def open_mondays(today: date) -> list[date]:
    """The Mondays of the weeks that have ended and may still be typed, the last first."""
    found = []
    monday = monday_of(today) - WEEK
    while today < quarter_of(monday).told_on:
        found.append(monday)
        monday -= WEEK
    return found


def week_name(monday: date) -> str:
    """The week by ISO's number: "2026-W47"."""
    return f"{monday:%G-W%V}"
