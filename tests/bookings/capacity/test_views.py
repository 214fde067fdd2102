"""The capacity page."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Site
from bookings.models import Forecast
from tests.bookings.api_steps import FIRST
from tests.bookings.capacity.conftest import numbers
from tests.bookings.capacity.test_import_forecast import file_of
from tests.browser import browser_of, csv_rows, words_of
from tests.factories.agencies import ThresholdFactory, the_site

pytestmark = pytest.mark.django_db
PAGE = "/capacity/norrkoping/"
TYPED = {
    "month": "2026-12",
    "lowest-0581": "30",
    "likely-0581": "40",
    "highest-0581": "50",
    "source-0581": "MIG",
}


@pytest.fixture
def desk(coordinator):
    return browser_of(coordinator)


def test_the_page_leads_from_the_menu_to_the_first_site(desk):
    assert desk.get("/capacity/").headers["Location"] == PAGE
    assert 'href="/capacity/"' in desk.get("/").text


def test_the_page_tells_places_and_what_is_lacking(open_days, said, desk):
    assert "There is room for all" in words_of(desk.get(PAGE))
    said(numbers(span=(300, 400, 500)))
    page = words_of(desk.get(PAGE))
    assert "lack room for" in page
    assert "Open " in page
    assert "forecast of Mon 23 Nov" in page


def test_a_suggestion_leads_to_the_day_on_the_weeks_page(open_days, said, desk):
    said(numbers(span=(300, 400, 500)))
    text = desk.get(PAGE).text
    address = text.partition('href="/roster/norrkoping/')[2].partition('"')[0]
    assert "on=2026-11-30" in address
    answer = desk.get(f"/roster/norrkoping/{address.partition('#')[0]}")
    assert 'id="on-day"' in answer.text


def test_thin_days_are_told_with_what_merging_saves(open_days, families, opened, desk):
    families(opened(FIRST), 1)
    page = words_of(desk.get(PAGE))
    assert "Merge Tue 8 Dec with Wed 9 Dec" in page
    assert "parties get another day 1" in page
    assert "40 staff hours, travel included, for 4 persons" in page
    Site.objects.filter(code="norrkoping").update(thin_hours=20)
    assert "for 4 persons" not in words_of(desk.get(PAGE))


def test_when_a_day_is_thin_is_a_threshold(open_days, families, opened, desk):
    families(opened(FIRST), 1)
    ThresholdFactory(code="thin_hours", value=8)
    assert "more than 8 staff hours for each person" in words_of(desk.get(PAGE))
    ThresholdFactory(code="thin_hours", value=40, valid_from=date(2026, 11, 23))
    assert "Merge Tue 8 Dec" not in words_of(desk.get(PAGE))


def test_a_month_is_typed_and_told_again(desk):
    answer = desk.post(f"{PAGE}forecast/", TYPED, follow=True)
    assert "1 forecast is saved." in words_of(answer)
    assert 'value="40"' in answer.text
    one = Forecast.objects.get()
    assert (one.lowest, one.likely, one.highest, one.source) == (30, 40, 50, "MIG")
    again = desk.post(f"{PAGE}forecast/", TYPED, follow=True)
    assert "Nothing has changed" in words_of(again)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"likely-0581": ""}, "Write all three numbers."),
        ({"likely-0581": "29"}, "Lowest, likely and highest come in that order."),
        ({"likely-0581": "many"}, "Write whole numbers up to 9999."),
        ({"highest-0581": "99999"}, "9999"),
    ],
)
def test_wrong_numbers_are_told_beside_their_municipality_and_stay_typed(desk, typed, message):
    answer = desk.post(f"{PAGE}forecast/", TYPED | typed)
    assert answer.status_code == 422
    assert message in words_of(answer)
    assert 'value="30"' in answer.text
    assert not Forecast.objects.exists()


def test_digits_of_every_script_are_numbers(desk):
    desk.post(f"{PAGE}forecast/", TYPED | {"likely-0581": "٤١"})
    assert Forecast.objects.get().likely == 41


def test_a_month_that_is_none_gives_the_next_one(desk):
    assert "Expected newcomers, December 2026" in words_of(desk.get(f"{PAGE}?month=1999-77"))


def test_a_file_with_a_wrong_row_shows_it_and_saves_nothing(desk):
    def send(row):
        return desk.post(f"{PAGE}import/", {"file": SimpleUploadedFile("p.csv", file_of(row))}, follow=True)

    answer = send("0581;2026-12;1;2;x;")
    assert answer.status_code == 422
    assert "1 row is wrong" in words_of(answer)
    assert 'class="bad-cell">x' in answer.text
    assert "1 forecast is saved." in words_of(send("0581;2026-12;1;2;3;"))


def test_the_template_names_every_municipality_and_month_and_can_be_sent_back(desk):
    rows = csv_rows(desk.get(f"{PAGE}import/template.csv"))
    assert rows[1][:2] == ["0581", "2026-11"]
    assert len(rows) == 1 + 12 * the_site().municipalities.count()


def test_the_weeks_are_saved_as_a_file(open_days, said, desk):
    said()
    rows = csv_rows(desk.get(f"{PAGE}capacity.csv"))
    assert len(rows) == 14
    assert rows[3][:3] == ["2026-W50", "2026-12-07", "3"]


def test_a_manager_reads_and_does_not_write(people, open_days, said):
    said(numbers(span=(300, 400, 500)))
    browser = browser_of(people.manager)
    answer = browser.get(PAGE)
    assert answer.status_code == 200
    assert "Save the forecast" not in answer.text
    assert "on=2026" not in answer.text
    assert browser.post(f"{PAGE}forecast/", TYPED).status_code == 403
    assert browser.get("/capacity/malmo/").status_code == 404


def test_the_secretariat_sees_every_site_and_is_told_what_is_rounded(people):
    browser = browser_of(people.secretariat)
    page = words_of(browser.get("/capacity/malmo/"))
    assert "Days with fewer than six booked count as six" in page
    assert browser.post(f"{PAGE}forecast/", TYPED).status_code == 302


def test_the_picture_stands_beside_a_table_and_has_no_style_of_its_own(open_days, said, desk):
    said()
    text = desk.get(PAGE).text
    assert 'role="img"' in text
    assert text.count("<rect") == 26
    assert "style=" not in text
