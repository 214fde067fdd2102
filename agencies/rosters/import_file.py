"""A roster's CSV file, as a spreadsheet writes it, read into rows; nothing is looked up here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext as _

from agencies.web.csv_rows import RowError, typed_rows

COLUMNS = (
    "date",
    "site",
    "location",
    "agency",
    "user",
    "starts",
    "ends",
    "break_starts",
    "break_ends",
    "remote",
)
DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?", re.ASCII)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?", re.ASCII)
YES, NO = {"true", "1", "yes", "ja", "x", "sant"}, {"", "false", "0", "no", "nej", "falskt"}


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row as typed, with its date and hours in Stockholm's time."""

    number: int
    day: date
    site: str
    location: str
    agency: str
    user: str
    starts: time
    ends: time
    lunch: tuple[time, time] | None
    remote: bool


def read_rows(content: bytes) -> tuple[list[RosterRow], list[RowError]]:
    """The rows of the file, and what is wrong with the others."""
    typed, errors = typed_rows(content, COLUMNS)
    rows = []
    for one in typed:
        wrong = dict(_wrong(one.cells))
        errors += [RowError(one.number, column, message) for column, message in wrong.items()]
        rows += [] if wrong else [_read(one.number, one.cells)]
    return rows, errors


def _read(number: int, typed: Mapping[str, str]) -> RosterRow:
    starts, ends, pause, until = (
        clock_of(typed[column]) for column in ("starts", "ends", "break_starts", "break_ends")
    )
    day = date_of(typed["date"])
    assert day
    assert starts
    assert ends
    return RosterRow(
        number=number,
        day=day,
        site=typed["site"],
        location=typed["location"],
        agency=typed["agency"],
        user=typed["user"],
        starts=starts,
        ends=ends,
        lunch=(pause, until) if pause and until else None,
        remote=typed["remote"].casefold() in YES,
    )


def _wrong(typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each column that cannot be read, and why; of one column the last message counts."""
    if date_of(typed["date"]) is None:
        yield "date", _("Write a date that exists, as 2026-12-08.")
    for column in ("site", "user"):
        if not typed[column]:
            yield column, _("This is missing.")
    clocks = {column: clock_of(typed[column]) for column in COLUMNS[5:9]}
    for column, clock in clocks.items():
        if clock is None and (typed[column] or column in ("starts", "ends")):
            yield column, _("Write a time as 08:30.")
    if typed["remote"].casefold() not in YES | NO:
        yield "remote", _("Write true or false.")
    yield from _wrong_hours(typed, clocks)


def _wrong_hours(typed: Mapping[str, str], clocks: Mapping[str, time | None]) -> Iterator[tuple[str, str]]:
    starts, ends, pause, until = clocks.values()
    if starts and ends and starts >= ends:
        yield "ends", _("A shift starts before it ends.")
    if bool(typed["break_starts"]) != bool(typed["break_ends"]):
        missing = "break_ends" if typed["break_starts"] else "break_starts"
        yield missing, _("A break has a beginning and an end.")
    elif pause and until and starts and ends and not starts <= pause < until <= ends:
        yield "break_starts", _("A break lies within its shift.")


def date_of(cell: str) -> date | None:
    """The date, written in ISO's way, also with the midnight that a spreadsheet may add."""
    found = DATE.fullmatch(cell)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def clock_of(cell: str) -> time | None:
    """The time of day, in hours and minutes."""
    found = CLOCK.fullmatch(cell)
    return time(int(found[1]), int(found[2])) if found and int(found[1]) < 24 and int(found[2]) < 60 else None
