"""A workbook is read as the CSV file that the spreadsheet would save, and what is written is never run."""

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from agencies.web.workbook import NoWorkbook, rows_of_workbook, worded, workbook_file


def packed(*rows) -> bytes:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(2026, 12, 8), "2026-12-08"),
        (datetime(2026, 12, 8), "2026-12-08"),  # noqa: DTZ001  as a spreadsheet has it
        (time(8, 30), "08:30"),
        (True, "true"),
        (7.0, "7"),
        (7.5, "7.5"),
        ("Åsa", "Åsa"),
    ],
)
def test_cells_of_every_type_are_read_as_the_csv_file_has_them(cell, text):
    assert rows_of_workbook(packed([cell, "end"])) == [[text, "end"]]


def test_emptied_cells_and_rows_at_the_end_are_forgotten():
    assert rows_of_workbook(packed(["a", None, "b", None], [None, ""], [None])) == [["a", "", "b"]]


def test_what_is_written_is_read_again_and_runs_nothing():
    content = workbook_file("a", [["user", "=1+1"], ["", "-2"], ["Åsa", 7]]).content
    assert rows_of_workbook(content) == [["user", "'=1+1"], ["", "'-2"], ["Åsa", "7"]]
    assert {cell.data_type for row in load_workbook(BytesIO(content)).active for cell in row} <= {"s", "n"}


@given(st.binary(max_size=200))
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(NoWorkbook):
        rows_of_workbook(b"PK\x03\x04" + content)


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked():
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 41_000_000)
    with pytest.raises(NoWorkbook):
        rows_of_workbook(content.getvalue())


@pytest.mark.parametrize(
    ("text", "written", "number", "code"),
    [
        ("2,75 mn kr", "2,75", "2.75", '#,##0.00" mn kr";-#,##0.00" mn kr";#,##0.00" mn kr"'),
        ("+12 kr", "12", "12", '+#,##0" kr";-#,##0" kr";#,##0" kr"'),
        ('ca 5 "x"', "5", "5", '"ca "#,##0" x";"ca "-#,##0" x";"ca "#,##0" x"'),
    ],
)
def test_a_number_among_words_is_a_number_that_is_shown_so(text, written, number, code):
    cell = worded(text, written, Decimal(number))
    assert (str(cell), cell.format) == (text, code)
    book = load_workbook(BytesIO(workbook_file("x", [[cell]]).content))
    shown = book.worksheets[0]["A1"]
    assert (shown.value, shown.number_format) == (float(number), code)


def test_words_without_their_number_stay_words():
    assert worded("some hours", "5", Decimal(5)) == "some hours"
