"""A CSV file is read, never run; no other module writes one."""

from pathlib import Path

import pytest

from agencies.web.csv_file import csv_file
from tests.browser import csv_rows

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_defused(text):
    [[cell]] = csv_rows(csv_file("a", [[text]]))
    assert cell == f"'{text}"


@pytest.mark.parametrize("cell", ["Åsa", "a=b", "", "–", 7, -7, "2026-01-01"])
def test_other_cells_stay_as_they_are(cell):
    assert csv_rows(csv_file("a", [[cell, "b"]])) == [[str(cell), "b"]]


def test_a_swedish_spreadsheet_opens_it_in_columns():
    answer = csv_file("a", [["Sällskap", 7]])
    assert answer.content == b"\xef\xbb\xbfS\xc3\xa4llskap;7\r\n"


def test_nobody_else_writes_csv():
    apps = ("motesplats", "checklists", "bookings", "interpreters", "agencies")
    writers = {
        path.relative_to(ROOT).as_posix()
        for app in apps
        for path in (ROOT / app).rglob("*.py")
        if "csv.writer" in path.read_text() or "csv.DictWriter" in path.read_text()
    }
    # Open data is for programs: with commas, and nothing in it is of a person.
    assert writers == {"agencies/web/csv_file.py", "motesplats/followup/open_data/columns.py"}
