"""A roster's file on its page: looked at, corrected, saved."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Shift
from agencies.web.workbook import workbook_file
from tests.browser import browser_of, csv_rows, words_of
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/roster/norrkoping/import/"
HEAD = "date;site;location;agency;user;starts;ends;break_starts;break_ends;remote"
ROW = "2026-12-08;norrkoping;;FK;fk.berit;08:30;{};12:00;12:30;false"


@pytest.fixture
def desk(coordinator):
    return browser_of(coordinator)


def look(browser, *rows):
    file = SimpleUploadedFile("januari.csv", "\r\n".join([HEAD, *rows]).encode("utf-8-sig"))
    return browser.post(PAGE, {"file": file})


def wrong_cells(answer):
    return dict(re.findall(r'name="(cell-\d+-\d+)"\s+value="([^"]*)"', answer.text))


def seen_in(answer):
    return answer.text.partition('name="seen" value="')[2].partition('"')[0]


def test_a_file_with_a_wrong_row_shows_that_row_and_saves_nothing(chain, colleague, desk):
    answer = look(desk, ROW.format("12:60"))
    assert answer.status_code == 422
    page = words_of(answer)
    assert "1 row is wrong" in page
    assert "Write a time as 08:30." in page
    assert wrong_cells(answer) == {"cell-2-6": "12:60"}
    assert not colleague.resource.shifts.exists()


def test_a_file_that_is_right_is_shown_first_and_saved_by_a_second_press(chain, colleague, desk):
    answer = look(desk, ROW.format("15:00"))
    assert answer.status_code == 200
    assert "1 new, 0 changed, 0 as before" in words_of(answer)
    assert not colleague.resource.shifts.exists()
    saved = desk.post(PAGE, {"seen": seen_in(answer)}, follow=True)
    assert saved.redirect_chain[-1][0] == "/roster/norrkoping/2026-W50/"
    assert "Saved: 1 new shifts, 0 changed." in words_of(saved)
    assert colleague.resource.shifts.get().state == Shift.State.APPROVED
    again = look(desk, ROW.format("14:00"))
    assert "0 new, 1 changed, 0 as before" in words_of(again)
    assert "08:30–15:00" in words_of(again)


def test_a_wrong_cell_is_corrected_on_the_page(chain, colleague, desk):
    wrong = look(desk, ROW.format("15:00").replace("fk.berit", "fk.bertil"), ROW.format("12:60"))
    typed = {"seen": seen_in(wrong), "cell-2-4": "fk.berit", "cell-3-6": "12:61", "name": "januari.csv"}
    still = desk.post(PAGE, typed)
    assert wrong_cells(still) == {"cell-3-6": "12:61"}
    typed = {
        "seen": seen_in(still),
        "cell-3-6": "16:00",
        "cell-3-0": "2026-12-10",
        "cell-1-0": "x",
        "cell-9-1": "x",
    }
    right = desk.post(PAGE, typed)
    assert "2 new, 0 changed" in words_of(right)
    desk.post(PAGE, {"seen": seen_in(right)})
    assert colleague.resource.shifts.count() == 2


def test_a_workbook_is_read_corrected_and_saved_like_the_csv_file(chain, colleague, desk):
    rows = [HEAD.split(";"), ROW.format("12:60").split(";")]
    file = SimpleUploadedFile("januari.xlsx", workbook_file("januari", rows).content)
    wrong = desk.post(PAGE, {"file": file})
    right = desk.post(PAGE, {"seen": seen_in(wrong), "cell-2-6": "15:00"})
    assert "1 new, 0 changed, 0 as before" in words_of(right)
    desk.post(PAGE, {"seen": seen_in(right)})
    assert colleague.resource.shifts.exists()


def test_what_comes_back_changed_or_too_late_is_not_saved(chain, colleague, coordinator, desk, clock):
    seen = seen_in(look(desk, ROW.format("15:00")))
    assert desk.post(PAGE, {"seen": seen[:-1] + "~"}).status_code == 422
    clock.shift(3601)
    sign_in(desk, coordinator)
    assert "Choose the file again" in words_of(desk.post(PAGE, {"seen": seen}))
    assert not colleague.resource.shifts.exists()


def test_what_has_become_wrong_between_the_presses_is_told(chain, colleague, desk):
    seen = seen_in(look(desk, ROW.format("15:00")))
    colleague.is_active = False
    colleague.save()
    answer = desk.post(PAGE, {"seen": seen})
    assert answer.status_code == 422
    assert "There is nobody with this user name" in words_of(answer)


def test_without_a_file_the_page_says_so(desk):
    assert desk.post(PAGE, {}).status_code == 422


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"date\n", b'a;b\n"x'])
def test_what_is_no_roster_is_told_and_breaks_nothing(desk, content):
    assert desk.post(PAGE, {"file": SimpleUploadedFile("x.csv", content)}).status_code == 422


def test_no_other_page_takes_a_file(desk):
    file = SimpleUploadedFile("x.csv", b"x")
    assert desk.post("/roster/norrkoping/2026-W50/days/", {"file": file}).status_code == 400


def test_a_file_without_the_token_of_the_page_is_refused(coordinator, desk):
    desk.handler.enforce_csrf_checks = True
    assert desk.post(PAGE, {"file": SimpleUploadedFile("x.csv", b"x")}).status_code == 403


def test_an_empty_file_to_fill_in_has_the_header(desk):
    rows = csv_rows(desk.get(f"{PAGE}template.csv"))
    assert ";".join(rows[0]) == HEAD
    assert len(rows) == 2
