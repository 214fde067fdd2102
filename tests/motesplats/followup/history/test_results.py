"""The results table by year shows what the final report printed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from rest_framework.test import APIClient

from motesplats.followup.goals.attainment import DaysCompared, WhyNone
from motesplats.followup.history.published import FILE, import_published
from motesplats.followup.history.queries import imported_figures
from motesplats.followup.history.results import period_of, results_of, whole
from motesplats.models import ImportedFigure
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import CoordinatorFactory, SecretariatFactory
from tests.signing_in import key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(db) -> None:
    """The published figures are imported."""
    import_published(at=timezone.now())


@pytest.fixture
def page(db) -> Client:
    return browser_of(SecretariatFactory())


def test_the_years_and_the_total_are_those_that_the_report_prints(printed):
    found = results_of(imported_figures())
    assert [(year.year, year.participants.printed) for year in found.years] == [
        (2016, "860"),
        (2017, "12525"),
        (2018, "11446"),
    ]
    assert found.total
    assert found.total.number == found.sum == 24831
    assert [year.attainment.percent for year in found.years] == [None, 57, 76]


def test_2016_has_no_share_because_its_permits_are_of_the_whole_year(printed):
    year = results_of(imported_figures()).years[0]
    assert year.period == DaysCompared(date(2016, 7, 28), date(2016, 12, 31))
    assert year.attainment.why_none == WhyNone.OTHER_PERIOD
    assert year.attainment.denominator
    assert year.attainment.denominator.value == 71000


@pytest.mark.parametrize("scope", ["27 sites", "", "40 Xyz-31 Dec"])
def test_a_scope_without_days_is_the_whole_year(scope):
    assert period_of(2017, scope) == whole(2017)


def test_a_day_that_a_month_does_not_have_is_its_last():
    assert period_of(2017, "31 Feb-99 Nov") == DaysCompared(date(2017, 2, 28), date(2017, 11, 30))


def test_the_page_says_ca_the_whole_year_and_no_data(page, printed):
    words = words_of(page.get("/results/"))
    assert (
        "2016, from 28 Jul 5 sites, 28 Jul–31 Dec 860 ca 71 000, the whole year no data no data no data no data no data"
        in words
    )
    assert "2017 27 sites 12 525 ca 22 000 ca 57 % 39 % 59 % 26 % 1 %" in words
    assert "2018 27 sites 11 446 ca 15 000 ca 76 % 48 % 51 % 21 % 1 %" in words
    assert "In all 24 831" in words
    assert "“over 65”" in words
    assert "Not based on persons, so it cannot be divided." in words


def test_in_swedish_the_labels_are_the_reports(page, printed):
    words = words_of(page.get("/results/", headers={"accept-language": "sv"}))
    assert "”över 65”" in words
    assert "2016, från 28 jul" in words
    assert "ca 71 000, hela året uppgift saknas" in words


def test_the_files_are_the_page(page, printed):
    rows = csv_rows(page.get("/results.csv"))
    assert rows[0] == [
        "Year",
        "Of what",
        "Participants",
        "Permits granted",
        "Share",
        "Women",
        "Men",
        "Children 0–17",
        "“over 65”",
    ]
    assert rows[1][:5] == [
        "2016, from 28 Jul",
        "5 sites, 28 Jul–31 Dec",
        "860",
        "ca 71\u00a0000, the whole year",
        "no data",
    ]
    assert rows[2][2:] == [
        "12525",
        "ca 22\u00a0000",
        "ca 57 %",
        "39 %",
        "59 %",
        "26 %",
        "1 %",
    ]
    assert rows[4][:3] == ["In all", "", "24831"]


def test_the_workbook_has_the_same_rows(page, printed, tmp_path):
    file = tmp_path / "results.xlsx"
    file.write_bytes(page.get("/results.xlsx").content)
    sheet = load_workbook(file).worksheets[0]
    assert [cell.value for cell in sheet[3]] == [2017, "27 sites", 12525, 22000, 57, 39, 59, 26, 1]
    assert [cell.value for cell in sheet[2]][2:5] == [860, 71000, "no data"]
    formats = [cell.number_format.partition(";")[0] for cell in (*sheet[3][3:6], sheet[2][3])]
    assert formats == ['"ca "#,##0', '"ca "#,##0" %"', '#,##0" %"', '"ca "#,##0", the whole year"']


def test_all_that_is_imported_can_be_saved_and_imported_again(page, printed):
    answer = page.get("/results/imported.csv")
    assert len(csv_rows(answer)) == 107
    file = SimpleUploadedFile("figures.csv", answer.content)
    words = words_of(page.post("/results/import/", {"file": file, "why": ""}, follow=True))
    assert "0 figures are new, 0 replaced, 106 stood here already." in words


def test_a_wrong_file_is_shown_with_its_rows_and_nothing_is_saved(page):
    content = FILE.read_bytes().replace(b"24831", b"24832")
    answer = page.post("/results/import/", {"file": SimpleUploadedFile("figures.csv", content), "why": ""})
    assert answer.status_code == 422
    assert "860 + 12525 + 11446 is 24831" in words_of(answer)
    assert not ImportedFigure.objects.exists()


def test_a_form_without_a_file_is_shown_again(page):
    assert page.post("/results/import/", {}).status_code == 422


def test_before_any_import_the_page_says_so(page):
    assert "Nothing has been imported yet." in words_of(page.get("/results/"))
    assert csv_rows(page.get("/results.csv"))[1][:3] == ["In all", "", "0"]


def test_a_replaced_figure_is_shown_with_the_reason(page, printed):
    content = FILE.read_bytes().replace(b"2016-07,pilot,5,", b"2016-07,pilot,6,")
    page.post("/results/import/", {"file": SimpleUploadedFile("f.csv", content), "why": "Counted again"})
    words = words_of(page.get("/results/"))
    assert "Counted again" in words
    assert "Replaced since" in words


def test_coordinators_read_it_and_do_not_import(printed):
    page = browser_of(CoordinatorFactory())
    assert "24 831" in words_of(page.get("/results/"))
    assert page.get("/results/import/").status_code == 403


def test_the_page_takes_the_same_queries_with_one_and_all_figures(page):
    with CaptureQueriesContext(connection) as few:
        page.get("/results/")
    import_published(at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        page.get("/results/")
    assert len(few) == len(many)


def test_the_api_lists_figures_as_imported(printed):
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {key_of(SecretariatFactory())}")
    body = api.get("/api/v1/figures/results/?limit=200").json()
    assert body["count"] == 106
    assert body["results"][0] == {
        "name": "permits granted, first instance, excl. family reunification",
        "period": "2016",
        "scope": "national",
        "printed": "71000",
        "value": 71000.0,
        "is_approximate": True,
        "unit": "persons",
        "report": "001",
        "section": "3.2.1",
        "note": '"ca"; also 4.2',
        "source": "imported",
    }
