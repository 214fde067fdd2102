"""A forecast's CSV file read into rows; nothing is looked up here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agencies.web.csv_rows import RowError, typed_rows

COLUMNS = ("municipality", "month", "lowest", "likely", "highest", "source")
NUMBERS = ("lowest", "likely", "highest")
MONTH = re.compile(r"(\d{4})-(\d{2})(?:-01)?", re.ASCII)
NUMBER = re.compile(r"\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """A row as typed; the municipality by its code or name, the month by its first day."""

    number: int
    municipality: str
    month: date
    lowest: int
    likely: int
    highest: int
    source: str


def read_forecast(content: bytes) -> tuple[list[ForecastRow], list[RowError]]:
    """The rows of the file, and what is wrong with the others; a row without numbers and source says nothing."""
    typed, errors = typed_rows(content, COLUMNS)
    rows = []
    for one in typed:
        if not any(one.cells[column] for column in (*NUMBERS, "source")):
            continue
        wrong = dict(_wrong(one.cells))
        errors += [RowError(one.number, column, message) for column, message in wrong.items()]
        rows += [] if wrong else [_read(one.number, one.cells)]
    return rows, errors


def month_of(cell: str) -> date | None:
    """The month's first day, of 2027-01 or of that day itself."""
    found = MONTH.fullmatch(cell)
    is_month = found and 1 <= int(found[2]) <= 12 and int(found[1]) >= 2000
    return date(int(found[1]), int(found[2]), 1) if found and is_month else None


def _wrong(typed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each column that cannot be read, and why."""
    if not typed["municipality"]:
        yield "municipality", _("This is missing.")
    if month_of(typed["month"]) is None:
        yield "month", _("Write a month as 2027-01.")
    unread = [column for column in NUMBERS if not NUMBER.fullmatch(typed[column])]
    for column in unread:
        yield column, _("Write whole numbers up to 9999.")
    if not unread and not int(typed["lowest"]) <= int(typed["likely"]) <= int(typed["highest"]):
        yield "likely", _("Lowest, likely and highest come in that order.")


def _read(number: int, typed: Mapping[str, str]) -> ForecastRow:
    month = month_of(typed["month"])
    assert month
    lowest, likely, highest = (int(typed[column]) for column in NUMBERS)
    return ForecastRow(number, typed["municipality"], month, lowest, likely, highest, typed["source"])
