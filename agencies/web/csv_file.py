"""A table as a CSV file, which a Swedish spreadsheet opens in columns, without running what stands in it."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the file for Windows-1252
# What a spreadsheet takes for the beginning of a formula, the wide signs of East Asian keyboards included.
FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """The rows as a file to download; text that a spreadsheet would run gets an apostrophe before it."""
    answer = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """What such a file holds."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(map(defused, rows))
    return BYTE_ORDER_MARK + text.getvalue()


def defused(row: Iterable[object]) -> list[object]:
    """The cells, with an apostrophe before each text that looks like a formula."""
    return [f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell.lstrip(" ")) else cell for cell in row]
