"""The imported results stand among the figures as the report printed them, for the country alone."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from motesplats.followup.history.published import import_published
from tests.browser import csv_rows
from tests.motesplats.followup.dashboard.kit import on_page, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(db) -> None:
    import_published(at=timezone.now())


@pytest.mark.usefixtures("printed")
def test_the_years_are_those_of_the_report_and_of_its_own_page(secretariat):
    found = table(secretariat, "results")
    assert found["2017"][:3] == ["12525", "ca 22\u00a0000", "ca 57 %"]
    assert found["2018"][0] == "11446"
    assert found["In all"][0] == "24831"
    own = {name: cells for name, _scope, *cells in csv_rows(secretariat.get("/results.csv"))}
    assert {name: cells for name, cells in found.items() if name.isdigit()} == {
        name: cells for name, cells in own.items() if name.isdigit()
    }
    first = next(cells for name, cells in found.items() if name.startswith("2016"))
    assert first[2:] == ["no data"] * 5
    assert on_page(secretariat, "results")["2017"][0].replace("\u00a0", ",") == "12,525"


@pytest.mark.usefixtures("printed")
def test_in_a_workbook_they_are_numbers_with_their_words(secretariat):
    book = load_workbook(BytesIO(secretariat.get("/figures/results.xlsx").content)).active
    cells = {str(row[0].value): row[1:] for row in book.iter_rows()}["2017"]
    assert [cell.value for cell in cells[:4]] == [12525, 22000, 57, 39]
    assert cells[1].number_format.startswith('"ca "#,##0')


@pytest.mark.usefixtures("printed")
@pytest.mark.parametrize("asked", [{"site": "malmo"}, {"track": "1"}])
def test_they_cannot_be_divided(secretariat, asked):
    assert secretariat.get("/figures/results.csv", asked).status_code == 404
    assert on_page(secretariat, "results", **asked) == {}
