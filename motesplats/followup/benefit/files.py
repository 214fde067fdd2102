"""The tables of a page as a file: texts as they stand there, numbers as numbers."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.http import HttpResponse
from django.utils.formats import number_format

from agencies.web.csv_file import csv_file
from agencies.web.workbook import workbook_file
from motesplats.followup.benefit.display import ShownFigure
from motesplats.followup.benefit.result_tables import ResultTable

CSV, WORKBOOK = "csv", "xlsx"


def tables_file(name: str, tables: Iterable[ResultTable], kind: str) -> HttpResponse:
    """A CSV file has the reader's decimal comma, a workbook has numbers."""
    rows = list(_rows(tables))
    if kind == WORKBOOK:
        return workbook_file(name, rows)
    return csv_file(name, [[_written(cell) for cell in row] for row in rows])


def _rows(tables: Iterable[ResultTable]) -> Iterator[list[object]]:
    for table in tables:
        yield [str(table.title)]
        yield list(map(str, table.header))
        for row in table.rows:
            yield [str(row.label), *map(_cell, row.cells)]
        for words in table.beyond:
            yield ["", str(words)]
        yield []


def _cell(cell: object) -> object:
    """The number as rounded on the page; a figure with a unit stays in words."""
    if isinstance(cell, ShownFigure):
        return cell.text if cell.number is None or cell.has_unit else cell.number
    return str(cell)


def _written(cell: object) -> object:
    """Whole numbers stay numbers: a text that begins with a minus would be taken for a formula."""
    if not isinstance(cell, Decimal):
        return cell
    return int(cell) if cell == int(cell) else number_format(cell, use_l10n=True, force_grouping=False)
