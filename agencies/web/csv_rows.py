"""A table's file, CSV or workbook as a spreadsheet writes it, read into cells; what stands in them its reader says."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest

from django.utils.translation import gettext as _

from agencies.web.csv_file import FORMULA, csv_text
from agencies.web.workbook import BEGINNING, NoWorkbook, rows_of_workbook


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in which row and column; the header is row 1, an empty column means the whole row."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of the file by its columns, each cell without blanks around it."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row of the file with its cells, each with its column and whether it is wrong, and what is."""

    number: int
    cells: tuple[tuple[str, str, bool], ...]
    errors: tuple[RowError, ...]


def typed_rows(content: bytes, columns: Sequence[str]) -> tuple[list[TypedRow], list[RowError]]:
    """The rows below a header that is exactly `columns`, and what is wrong; empty rows are left out."""
    records, unreadable = _records(content)
    if unreadable:
        return [], [RowError(1, "", unreadable)]
    if wrong := list(_wrong_header(records[0] if records else [], columns)):
        return [], wrong
    rows, errors = [], []
    for number, record in enumerate(records[1:], start=2):
        cells = [_plain(cell) for cell in record]
        if any(cells[len(columns) :]):
            errors.append(RowError(number, "", _("This row has more columns than the first one.")))
        elif any(cells):
            rows.append(TypedRow(number, dict(zip_longest(columns, cells[: len(columns)], fillvalue=""))))
    return rows, errors


def cells_by_row(content: bytes) -> dict[int, list[str]]:
    """The cells of the file as typed, by the number of their row; nothing of a file that cannot be read."""
    records, _unreadable = _records(content)
    return dict(enumerate(records, start=1))


def corrected(content: bytes, cells: Mapping[tuple[int, int], str]) -> bytes:
    """The file as CSV with these cells instead, by the numbers of row (the header is 1) and column (the first is 0)."""
    records, _unreadable = _records(content)
    for (row, column), text in cells.items():
        if 1 < row <= len(records):
            own = records[row - 1]
            own += [""] * (column + 1 - len(own))
            own[column] = text
    return csv_text(records).encode()


def wrong_rows(content: bytes, errors: Iterable[RowError], columns: Sequence[str]) -> list[WrongRow]:
    """The wrong rows with their own text."""
    typed = cells_by_row(content)
    by_row: dict[int, list[RowError]] = {}
    for error in errors:
        by_row.setdefault(error.row, []).append(error)
    rows = []
    for number, own in by_row.items():
        wrong = {error.column for error in own if number > 1}  # the first row is none to correct
        cells = (typed.get(number, []) + [""] * len(columns))[: len(columns)]
        marked = tuple((column, cell, column in wrong) for column, cell in zip(columns, cells, strict=True))
        rows.append(WrongRow(number, marked, tuple(own)))
    return rows


def _records(content: bytes) -> tuple[list[list[str]], str]:
    """The cells of the file, row by row, or why it cannot be read."""
    if content.startswith(BEGINNING):
        try:
            return rows_of_workbook(content), ""
        except NoWorkbook:
            return [], _("This is neither a CSV file nor an Excel workbook.")
    text = _decoded(content)
    if "\0" in text:
        return [], _("This is neither a CSV file nor an Excel workbook.")
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter)), ""
    except csv.Error:
        return [], _("This is neither a CSV file nor an Excel workbook.")


def _decoded(content: bytes) -> str:
    """The text, whether a spreadsheet has written it as UTF-8, UTF-16 or, without saying so, as Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _wrong_header(header: list[str], columns: Sequence[str]) -> Iterator[RowError]:
    found = [cell.strip() for cell in header]
    while found and not found[-1]:
        found.pop()
    for wanted, cell in zip_longest(columns, found):
        if wanted != cell:
            words = {"columns": ";".join(columns)}
            yield RowError(1, wanted or cell or "", _("The first row must be exactly %(columns)s.") % words)
            return


def _plain(cell: str) -> str:
    """The cell without the apostrophe that an export puts before what looks like a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell
