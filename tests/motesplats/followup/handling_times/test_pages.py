"""The pages of handling times."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from agencies.secrecy.context import acting_as, viewer_of
from motesplats.followup.handling_times.tell import tell_quarters
from motesplats.followup.handling_times.type_week import type_week
from motesplats.followup.history.published import import_published
from motesplats.models import HandlingWeek
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import CoordinatorFactory, SecretariatFactory, the_site

pytestmark = pytest.mark.django_db
TYPED = {"monday": "2026-11-16", "days_1_7": "20", "days_8_30": "10", "days_over_30": "2", "why": ""}


@pytest.fixture
def page(db) -> Client:
    return browser_of(CoordinatorFactory())


@pytest.fixture
def told(clock) -> None:
    """The last quarter of 2026 is told: Malmö, Norrköping and the country."""
    _type(
        clock,
        {"malmo": (40, 20, 3), "norrkoping": (30, 12, 9), "orebro": (25, 14, 8), "": (4300, 3800, 1900)},
    )


def _type(clock, counts: dict[str, tuple[int, int, int]]) -> None:
    for code, numbers in counts.items():
        site = the_site(code) if code else None
        by = CoordinatorFactory(sites=[site]) if site else SecretariatFactory()
        with acting_as(viewer_of(by)):
            type_week(site=site, monday=date(2026, 11, 16), counts=numbers, by=by, at=timezone.now())
    clock.move_to("2027-02-01T09:00+01:00")
    tell_quarters(at=timezone.now())


def test_a_coordinator_types_the_own_sites_week(page):
    assert page.post("/handling-times/sites/norrkoping/", TYPED).status_code == 302
    words = words_of(page.get("/handling-times/sites/norrkoping/"))
    assert "2026-W47 20 10 2 –" in words
    assert "2026-W46 not typed" in words


def test_a_correction_without_a_reason_keeps_what_was_typed(page):
    page.post("/handling-times/sites/norrkoping/", TYPED)
    answer = page.post("/handling-times/sites/norrkoping/", TYPED | {"days_1_7": "21"})
    assert answer.status_code == 422
    assert "Say why they are corrected." in words_of(answer)
    assert 'value="21"' in answer.text
    page.post("/handling-times/sites/norrkoping/", TYPED | {"days_1_7": "21", "why": "One more"})
    assert "One more" in words_of(page.get("/handling-times/sites/norrkoping/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"monday": "2026-11-23"},
        {"monday": "x"},
        {"days_1_7": "-1"},
        {"days_8_30": "many"},
        {"days_over_30": ""},
    ],
)
def test_what_cannot_be_typed_is_refused(page, wrong):
    assert page.post("/handling-times/sites/norrkoping/", TYPED | wrong).status_code == 422


def test_another_site_is_not_there(page):
    assert page.get("/handling-times/sites/malmo/").status_code == 404


def test_the_secretariat_types_the_country_and_no_site(clock):
    page = browser_of(SecretariatFactory())
    assert page.post("/handling-times/country/", TYPED | {"days_1_7": "4300"}).status_code == 302
    assert HandlingWeek.objects.get(site=None).days_1_7 == 4300
    assert "2026-W47 4 300 10 2" in words_of(page.get("/handling-times/country/"))
    assert page.get("/handling-times/sites/norrkoping/").status_code == 403


def test_the_imported_week_stands_there_with_its_middle_as_the_rest(page):
    import_published(at=timezone.now())
    words = words_of(page.get("/handling-times/"))
    assert "No quarter has been published yet." in words
    assert "Imported: week 37 2017" in words
    assert "4 sites at random 62 % 35 % 3 % –" in words
    assert "The whole country 43 % 38 % 19 % –" in words


def test_a_told_quarter_is_compared_with_the_country(told):
    page = browser_of(SecretariatFactory())
    words = words_of(page.get("/handling-times/"))
    assert "Quarter 2026-4" in words
    assert "Malmö hidden hidden hidden" in words
    assert "The whole country 43 % 38 % 19 % 10 000" in words
    rows = csv_rows(page.get("/handling-times.csv?quarter=2026-4"))
    assert rows[0] == ["Period", "Where", "1–7 days, %", "8–30 days, %", "more than 30 days, %", "Decisions"]
    assert rows[-1] == ["2026-4", "The whole country", "43", "38", "19", "10000"]
    assert ["2026-4", "Malmö", "hidden", "hidden", "hidden"] in [row[:5] for row in rows]


def test_the_workbook_says_the_same(told, tmp_path):
    file = tmp_path / "times.xlsx"
    file.write_bytes(browser_of(SecretariatFactory()).get("/handling-times.xlsx").content)
    *_rows, last = load_workbook(file).worksheets[0].iter_rows(values_only=True)
    assert last == ("2026-4", "The whole country", 43, 38, 19, 10000)


@pytest.mark.parametrize("quarter", ["2026-3", "x", "2026-4'"])
def test_a_quarter_that_is_not_told_is_not_there(page, quarter):
    assert page.get("/handling-times/", {"quarter": quarter}).status_code == 404


def test_more_sites_take_no_more_queries(clock):
    _type(clock, {"malmo": (40, 20, 7)})
    page = browser_of(SecretariatFactory())
    page.get("/handling-times/")
    with CaptureQueriesContext(connection) as few:
        page.get("/handling-times/?quarter=2026-4")
    clock.move_to("2027-03-23T09:00+01:00")
    for code in ("malmo", "orebro", "norrkoping"):
        by = CoordinatorFactory(sites=[the_site(code)])
        with acting_as(viewer_of(by)):
            type_week(
                site=the_site(code), monday=date(2027, 2, 1), counts=(40, 20, 9), by=by, at=timezone.now()
            )
    clock.move_to("2027-05-23T09:00+02:00")
    tell_quarters(at=timezone.now())
    page = browser_of(SecretariatFactory())
    page.get("/handling-times/")
    with CaptureQueriesContext(connection) as many:
        page.get("/handling-times/?quarter=2027-1")
    assert len(few) == len(many)
