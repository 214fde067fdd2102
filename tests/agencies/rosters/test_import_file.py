"""Reading a roster's file as spreadsheets write it."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.rosters.import_file import COLUMNS, clock_of, date_of, read_rows

HEADER = ";".join(COLUMNS)
ANNA = "2026-12-08;norrkoping;;FK;fk.anna;08:30;16:00;12:00;12:45;false"


def file(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join([header, *rows, ""])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_however_a_swedish_spreadsheet_has_written_it(encoding):
    (row,), errors = read_rows(file(ANNA.replace("fk.anna", "fk.åsa")).encode(encoding))
    assert errors == []
    assert (row.number, row.day, row.user, row.starts) == (2, date(2026, 12, 8), "fk.åsa", time(8, 30))
    assert row.lunch == (time(12), time(12, 45))


@pytest.mark.parametrize("mark", [",", "\t"])
def test_a_file_may_have_commas_or_tabs(mark):
    rows, errors = read_rows(file(ANNA.replace(";", mark), header=HEADER.replace(";", mark)).encode())
    assert (len(rows), errors) == (1, [])


def test_what_a_spreadsheet_makes_of_dates_times_and_truth_is_read():
    row = "2026-12-08 00:00:00;norrkoping;;FK;fk.anna;8:30;16:00:00;;;SANT"
    (found,), errors = read_rows(file(row).encode())
    assert errors == []
    assert (found.day, found.starts, found.ends, found.remote) == (
        date(2026, 12, 8),
        time(8, 30),
        time(16),
        True,
    )


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ("2026-02-30;norrkoping;;FK;fk.anna;08:30;16:00;;;", "date"),
        ("8/12 2026;norrkoping;;FK;fk.anna;08:30;16:00;;;", "date"),
        ("2026-12-08;;;FK;fk.anna;08:30;16:00;;;", "site"),
        ("2026-12-08;norrkoping;;FK;;08:30;16:00;;;", "user"),
        ("2026-12-08;norrkoping;;FK;fk.anna;25:00;16:00;;;", "starts"),
        ("2026-12-08;norrkoping;;FK;fk.anna;08:30;;;;", "ends"),
        ("2026-12-08;norrkoping;;FK;fk.anna;16:00;08:30;;;", "ends"),
        ("2026-12-08;norrkoping;;FK;fk.anna;08:30;16:00;12:00;;", "break_ends"),
        ("2026-12-08;norrkoping;;FK;fk.anna;08:30;16:00;;12:00;", "break_starts"),
        ("2026-12-08;norrkoping;;FK;fk.anna;08:30;16:00;16:00;16:30;", "break_starts"),
        ("2026-12-08;norrkoping;;FK;fk.anna;08:30;16:00;;;kanske", "remote"),
        (ANNA + ";mer", ""),
    ],
)
def test_a_mistake_is_told_by_row_and_column(changed, column):
    rows, errors = read_rows(file(ANNA, "", changed).encode())
    assert [row.number for row in rows] == [2]
    assert [(error.row, error.column) for error in errors] == [(4, column)]


@pytest.mark.parametrize(
    "header", ["", "datum;plats", HEADER.replace("user", "User"), HEADER + ";more", HEADER[5:]]
)
def test_another_first_row_is_told_and_nothing_else_is_read(header):
    rows, (error,) = read_rows(file(ANNA, header=header).encode())
    assert rows == []
    assert error.row == 1


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_a_sign_that_ends_a_line_nowhere_else_ends_no_row(sign):
    rows, errors = read_rows(
        file(ANNA.replace("fk.", f"fk.{sign}"), ANNA.replace("-12-08", "-02-30")).encode()
    )
    assert ([row.number for row in rows], [error.row for error in errors]) == ([2], [3])


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_cell_may_hold_an_end_of_line_and_its_row_is_counted_once(end):
    held = f'2026-12-08;norrkoping;"{end}";FK;fk.anna;08:30;16:00;;;false'
    rows, (error,) = read_rows(end.join([HEADER, held, ANNA.replace("-12-08", "-02-30")]).encode())
    assert ([row.number for row in rows], error.row, error.column) == ([2], 3, "date")


def test_an_archive_of_something_else_is_told():
    rows, (error,) = read_rows(b"PK\x03\x04 an archive")
    assert (rows, error.row, error.column) == ([], 1, "")


@given(st.binary(max_size=300), st.booleans())
def test_whatever_is_sent_is_read_or_told(content, with_header):
    rows, errors = read_rows(HEADER.encode() + b"\r\n" + content if with_header else content)
    assert all(error.row >= 1 and error.message for error in errors)
    assert all(row.starts < row.ends for row in rows)


@given(st.dates(), st.times())
def test_dates_and_times_are_read_as_they_are_written(day, clock):
    assert date_of(day.isoformat()) == day
    assert clock_of(f"{clock:%H:%M}") == clock.replace(second=0, microsecond=0)
