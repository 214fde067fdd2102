"""A roster's CSV file, as a spreadsheet writes it, read into rows; nothing is looked up here."""

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import zip_longest

from django.utils.translation import gettext as _

from agencies.web.csv_file import FORMULA

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
MOST_ERRORS = 200
DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?", re.ASCII)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?", re.ASCII)
YES, NO = {"true", "1", "yes", "ja", "x", "sant"}, {"", "false", "0", "no", "nej", "falskt"}


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in which row and column; the header is row 1, an empty column means the whole row."""

    row: int
    column: str
    message: str


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
    records, unreadable = _records(content)
    if unreadable:
        return [], [RowError(1, "", unreadable)]
    if wrong := list(_wrong_header(records[0] if records else [])):
        return [], wrong
    rows, errors = [], []
    for number, record in enumerate(records[1:], start=2):
        if any(cell.strip() for cell in record):
            row, wrong = _row(number, [_plain(cell) for cell in record])
            errors += wrong
            rows += [row] if row else []
    return rows, errors


def _records(content: bytes) -> tuple[list[list[str]], str]:
    """The cells of the file, row by row, or why it cannot be read."""
    text = _decoded(content)
    if content.startswith(b"PK") or "\0" in text:
        return [], _("This is no CSV file. In the spreadsheet, choose Save as, and CSV.")
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter)), ""
    except csv.Error:
        return [], _("This is no CSV file. In the spreadsheet, choose Save as, and CSV.")


def _decoded(content: bytes) -> str:
    """The text, whether a spreadsheet has written it as UTF-8, UTF-16 or, without saying so, as Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _wrong_header(header: list[str]) -> Iterator[RowError]:
    found = [cell.strip() for cell in header]
    while found and not found[-1]:
        found.pop()
    for wanted, cell in zip_longest(COLUMNS, found):
        if wanted != cell:
            words = {"columns": ";".join(COLUMNS)}
            yield RowError(1, wanted or cell or "", _("The first row must be exactly %(columns)s.") % words)
            return


def _plain(cell: str) -> str:
    """The cell without the apostrophe that an export puts before what looks like a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def _row(number: int, cells: list[str]) -> tuple[RosterRow | None, list[RowError]]:
    if any(cells[len(COLUMNS) :]):
        return None, [RowError(number, "", _("This row has more columns than the first one."))]
    typed = dict(zip_longest(COLUMNS, cells[: len(COLUMNS)], fillvalue=""))
    wrong = dict(_wrong(typed))
    errors = [RowError(number, column, message) for column, message in wrong.items()]
    return (None, errors) if errors else (_read(number, typed), [])


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
