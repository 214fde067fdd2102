"""The tables of a page as a file: texts as they stand there, numbers as numbers."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.utils.formats import number_format

from agencies.web.csv_file import csv_file
from agencies.web.workbook import worded, workbook_file
from motesplats.followup.benefit.display import MINUS, ShownFigure
from motesplats.followup.benefit.result_tables import ResultTable

CSV, WORKBOOK = "csv", "xlsx"


def tables_file(name: str, tables: Iterable[ResultTable], kind: str) -> HttpResponse:
    """A CSV file has the reader's decimal comma, a workbook has numbers, shown with their units."""
    rows = list(_rows(tables))
    if kind == WORKBOOK:
        return workbook_file(name, [map(_in_workbook, row) for row in rows])
    return csv_file(name, [map(_in_csv, row) for row in rows])


def _rows(tables: Iterable[ResultTable]) -> Iterator[list[object]]:
    for table in tables:
        yield [table.title]
        yield [*table.header]
        for row in table.rows:
            yield [row.label, *row.cells]
        for words in table.beyond:
            yield ["", words]
        yield []


def _in_workbook(cell: object) -> object:
    """The number as rounded on the page."""
    if not isinstance(cell, ShownFigure) or cell.number is None:
        return str(cell)
    return worded(cell.text.replace(MINUS, ""), cell.written, cell.number) if cell.has_unit else cell.number


def _in_csv(cell: object) -> object:
    """Whole numbers stay numbers: a text that begins with a minus would be taken for a formula."""
    if not isinstance(cell, ShownFigure) or cell.number is None or cell.has_unit:
        return str(cell)
    number = cell.number
    return (
        int(number) if number == int(number) else number_format(number, use_l10n=True, force_grouping=False)
    )
