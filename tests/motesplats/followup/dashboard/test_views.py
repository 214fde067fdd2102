"""The page of figures and its files tell the same, and nothing of few."""

from io import BytesIO

import pytest
from django.db import connection
from openpyxl import load_workbook

from agencies.secrecy.context import acting_as
from motesplats.followup.viewer import FIGURES
from tests.browser import browser_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    UserFactory,
    the_site,
)
from tests.motesplats.followup.dashboard.kit import URL, number_in, on_page, table

pytestmark = pytest.mark.django_db
COUNTS = {"participants", "parties", "65 and older", "0–17 years", "18–64 years", "65 years and older", "All"}


@pytest.mark.usefixtures("country")
def test_the_page_agrees_with_sql_over_the_day_reports(secretariat):
    with acting_as(FIGURES), connection.cursor() as cursor:
        cursor.execute(
            "SELECT site.name, sum(people) FROM motesplats_daycount count"
            " JOIN motesplats_dayreport report ON report.id = report_id JOIN agencies_site site ON site.id = site_id"
            " WHERE dimension = 'sex_age' AND locked_at IS NOT NULL GROUP BY 1"
        )
        counted = {name: str(number) for name, number in cursor.fetchall()}
    told = {name: cells[0] for name, cells in table(secretariat, "sites").items()}
    country = told.pop("The whole country")
    told.pop("Site")
    assert int(country) == sum(map(int, counted.values()))
    hidden = {name for name, number in told.items() if number == "hidden"}
    assert "Ljusdal" not in hidden  # twelve persons in four months
    assert told == counted


@pytest.mark.usefixtures("country")
def test_a_month_of_few_is_hidden_with_two_other_sites(secretariat):
    told = table(secretariat, "sites", first="2026-09", last="2026-09")
    assert told["Ljusdal"][0] == "hidden"
    assert sum(cells[0] == "hidden" for cells in told.values()) == 3
    assert told["The whole country"][0].isdigit()


@pytest.mark.usefixtures("country")
def test_the_page_the_file_and_the_workbook_have_the_same_numbers(secretariat):
    page = secretariat.get(URL).content.decode()
    months = table(secretariat, "months")
    book = load_workbook(BytesIO(secretariat.get("/figures/months.xlsx").content)).active
    rows = {str(row[0]): row[1:] for row in book.iter_rows(values_only=True)}
    for name in ("aug", "sep", "oct", "All"):
        number = int(months[name][0])
        assert f"{number:,}" in page.replace("\u00a0", ",") or str(number) in page
        assert rows[name][0] == number


def numbers(rows) -> list[tuple[str, list[str]]]:
    return [(name, [number_in(cell) for cell in cells]) for name, cells in rows]


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"site": "malmo"},
        {"track": "1"},
        {"mode": "branch"},
        {"first": "2026-09", "last": "2026-09"},
        {"first": "2026-11"},
    ],
)
def test_every_choice_has_its_page_and_all_its_files(secretariat, asked):
    answer = secretariat.get(URL, asked)
    assert answer.status_code == 200
    codes = {one.code for one in answer.context["tables"]} | {
        one.table.code for one in answer.context["effects"]
    }
    for code in codes:
        _titles, *saved = table(secretariat, code, **asked).items()
        shown = on_page(secretariat, code, **asked)
        assert numbers(saved) == numbers(shown.items())
        assert secretariat.get(f"/figures/{code}.xlsx", asked).status_code == 200


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    "asked",
    [{}, {"site": "ljusdal"}, {"first": "2026-09", "last": "2026-09"}, {"first": "2026-10", "track": "1"}],
)
def test_no_count_is_of_fewer_than_six(secretariat, asked):
    for code in ("months", "sex-age", "track-mode", *(() if "site" in asked else ("sites",))):
        titles, *rows = table(secretariat, code, **asked).values()
        counts = [cell for row in rows for title, cell in zip(titles, row, strict=True) if title in COUNTS]
        assert counts
        assert {"1", "2", "3", "4", "5"}.isdisjoint(counts)


@pytest.mark.parametrize(
    "asked",
    [
        {"first": "2026-11", "last": "2026-09"},
        {"first": "1999-01"},
        {"site": "atlantis"},
        {"track": "9"},
        {"track": "1", "mode": "main"},
    ],
)
@pytest.mark.parametrize("address", ["/figures/", "/figures/months.csv"])
def test_what_cannot_be_shown_is_said_beside_its_field(secretariat, address, asked):
    answer = secretariat.get(address, asked)
    assert answer.status_code == 400
    assert b'aria-invalid="true"' in answer.content


def test_a_table_that_is_not_there_is_not_found(secretariat):
    assert secretariat.get("/figures/nothing.csv").status_code == 404


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("made", [CoordinatorFactory, ManagerFactory])
def test_who_runs_a_site_sees_its_own_whole(made):
    client = browser_of(made(sites=[the_site("ljusdal")]))
    assert table(client, "months", site="ljusdal")["sep"][0] == "3"
    assert table(client, "months", site="malmo")["sep"][0] != "3"
    assert table(client, "sites", first="2026-09", last="2026-09")["Ljusdal"][0] == "hidden"


@pytest.mark.parametrize("made", [UserFactory, HostFactory])
def test_others_do_not_open_it(made):
    assert browser_of(made()).get(URL).status_code == 403


@pytest.mark.usefixtures("country")
def test_it_takes_the_same_queries_for_the_country_and_for_nothing(
    secretariat, django_assert_max_num_queries
):
    with django_assert_max_num_queries(26):
        secretariat.get(URL)


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("code", ["sex-age", "track-mode", "no-shows", "survey", "time"])
def test_a_file_asks_for_its_own_table_alone(secretariat, code, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        assert secretariat.get(f"/figures/{code}.csv").status_code == 200
