"""A table as an Excel workbook: its first sheet read into rows of text, and a table written as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.http import HttpResponse
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from agencies.web.csv_file import defused

BEGINNING = b"PK\x03\x04"  # of every zip file
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNPACKED = 40_000_000  # bytes


@dataclass(frozen=True, slots=True)
class WordedNumber:
    """A number with words around it, as "ca 2,75 mn kr": a workbook holds the number and shows it so."""

    text: str
    number: Decimal
    before: str
    after: str

    def __str__(self) -> str:
        return self.text

    @property
    def format(self) -> str:
        """As a spreadsheet writes it: the words in quotation marks, a plus where there is one."""
        places = max(0, -int(self.number.as_tuple().exponent))
        digits = "#,##0" + ("." + "0" * places if places else "")
        before, sign = self.before.removesuffix("+"), "+" if self.before.endswith("+") else ""
        positive, negative = (f"{_quoted(before)}{one}{digits}{_quoted(self.after)}" for one in (sign, "-"))
        return f"{positive};{negative};{_quoted(before)}{digits}{_quoted(self.after)}"


def worded(text: str, written: str, number: Decimal) -> WordedNumber | str:
    """The number as it is `written` in the text; the text alone where it does not stand there."""
    before, found, after = text.partition(written)
    return WordedNumber(text, number, before, after) if found and written else text


def _quoted(words: str) -> str:
    """Words of a number's format; a quotation mark would end them."""
    return '"' + words.replace('"', "") + '"' if words else ""


class NoWorkbook(Exception):
    """The bytes are no workbook, or unpack to more than is read."""


def rows_of_workbook(content: bytes) -> list[list[str]]:
    """The cells of the first sheet as the CSV file would have them; raises NoWorkbook."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise NoWorkbook
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True) if book.worksheets else ()
        return _without_tail([[_text(cell) for cell in row] for row in rows])
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError, TypeError) as error:
        raise NoWorkbook from error  # a zip file of something else fails in many ways


def _without_tail(rows: list[list[str]]) -> list[list[str]]:
    """A sheet remembers cells and rows that have long been emptied."""
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _text(cell: object) -> str:
    """Dates in ISO's way, times in hours and minutes, whole numbers without a point."""
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    elif isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime | time):
        return cell.isoformat(timespec="minutes")
    return "" if cell is None else str(cell)


def workbook_file(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """The rows as a workbook to download, numbers as numbers and all else as text: nothing in it is run."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in defused(row)])
    packed = BytesIO()
    book.save(packed)
    answer = HttpResponse(packed.getvalue(), content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _cell(sheet: object, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=None)
    if isinstance(value, WordedNumber):
        cell.value, cell.number_format = value.number, value.format
    elif value not in (None, ""):
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    return cell
