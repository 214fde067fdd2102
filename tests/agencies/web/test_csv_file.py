"""A CSV file is read, never run; no other module writes one."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from agencies.web.csv_file import csv_file

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_defused(text):
    [[cell]] = csv.reader(StringIO(csv_file("a", [[text]]).text, newline=""))
    assert cell == f"'{text}"


@pytest.mark.parametrize("cell", ["Åsa", "a=b", "", "–", 7, -7, "2026-01-01"])
def test_other_cells_stay_as_they_are(cell):
    assert csv_file("a", [[cell]]).text.strip('"\r\n') == str(cell)


def test_nobody_else_writes_csv():
    apps = ("motesplats", "checklists", "bookings", "interpreters", "agencies")
    writers = {
        path.relative_to(ROOT).as_posix()
        for app in apps
        for path in (ROOT / app).rglob("*.py")
        if "csv.writer" in path.read_text() or "csv.DictWriter" in path.read_text()
    }
    assert writers == {"agencies/web/csv_file.py"}
