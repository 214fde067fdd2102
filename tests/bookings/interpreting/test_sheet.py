"""The sheet of a day's orders, as a file that a Swedish spreadsheet opens and as PDF."""

import csv
import io

import pytest
from pypdf import PdfReader

from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.bookings.interpreting.conftest import DAY
from tests.browser import browser_of
from tests.factories.agencies import ManagerFactory, UserFactory
from tests.factories.interpreters import InterpreterOrderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_cache")]
PAGE = f"/interpreters/norrkoping/{DAY}/"


@pytest.fixture
def day(db):
    return open_days(FIRST)[0]


@pytest.fixture
def orders(acting, coordinator, agreement, day):
    """One of MIG, one that was declined, one of PM; a family is booked that day."""
    by = UserFactory()
    with acting(by):
        book(register(by), by, last=FIRST)
    with acting(coordinator):
        first = InterpreterOrderFactory(agreement=agreement, site_day=day, travel_km=31, state="confirmed")
        declined = InterpreterOrderFactory(agreement=agreement, site_day=day, state="declined")
        pm = ManagerFactory(agency="PM")
        last = InterpreterOrderFactory(agreement=agreement, site_day=day, agency=pm.agency, language="tir")
    return first, declined, last, pm


def rows_of(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_days_file_has_a_row_for_each_order_that_is_still_wanted(coordinator, orders):
    first, _declined, last, _pm = orders
    answer = browser_of(coordinator).get(f"{PAGE}orders.csv")
    rows = rows_of(answer)
    assert {row["Order"] for row in rows} == {first.reference, last.reference}
    told = next(row for row in rows if row["Order"] == first.reference)
    assert (told["Date"], told["Starts"], told["Ends"], told["Minutes ordered"]) == (
        "2026-12-08",
        "08:30",
        "10:30",
        "120",
    )
    assert told["Contract number"] == first.agreement.contract_number
    assert told["Cost, kr"] == "933,50"
    assert "ara" in told["Language"]
    assert answer["Content-Disposition"] == 'attachment; filename="norrkoping-2026-12-08.csv"'


def test_the_file_names_nobody_who_is_met(coordinator, orders):
    text = browser_of(coordinator).get(f"{PAGE}orders.csv").text
    assert "Haddad" not in text


def test_one_order_has_a_sheet_of_its_own_also_when_it_was_declined(coordinator, orders):
    _first, declined, _last, _pm = orders
    browser = browser_of(coordinator)
    [row] = rows_of(browser.get(f"{PAGE}orders.csv?order={declined.reference}"))
    assert row["State"] == "declined"
    assert browser.get(f"{PAGE}orders.csv?order=AAAAAAA").status_code == 404


def test_a_manager_prints_the_own_agencys_orders_alone(orders):
    first, _declined, last, pm = orders
    browser = browser_of(pm)
    [row] = rows_of(browser.get(f"{PAGE}orders.csv"))
    assert row["Order"] == last.reference
    assert browser.get(f"{PAGE}orders.pdf?order={first.reference}").status_code == 404


def test_the_pdf_says_the_same_on_a_page_for_each_order_and_is_tagged(coordinator, orders):
    first, _declined, last, _pm = orders
    answer = browser_of(coordinator).get(f"{PAGE}orders.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pdf = PdfReader(io.BytesIO(answer.content))
    pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) == 2
    assert first.reference in "".join(pages)
    assert last.reference in "".join(pages)
    assert "Haddad" not in "".join(pages)
    assert "/StructTreeRoot" in pdf.root_object


def test_a_day_without_orders_has_no_sheet(coordinator, day):
    browser = browser_of(coordinator)
    assert browser.get(f"{PAGE}orders.csv").status_code == 404
    assert browser.get(f"{PAGE}orders.pdf").status_code == 404
