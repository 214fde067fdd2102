"""The board over the API, and arrivals by code."""

import pytest

from tests.browser import csv_rows
from tests.factories.agencies import SecretariatFactory, UserFactory

pytestmark = pytest.mark.django_db
BOARD = "/api/v1/boards/norrkoping/2026-12-08/"


def test_the_board_has_desks_interpreters_and_meetings_as_they_stand(chain, host, opens, signed_in):
    board = signed_in(host).get(BOARD).json()
    assert board["now"] == "2026-12-08T08:10:00+01:00"
    assert {desk["agency"] for desk in board["desks"]} >= {"MIG", "SKV", "FK", "AF", "KOM"}
    assert [one["languages"] for one in board["interpreters"]] == [["ara"]]
    assert [meeting["state"] for meeting in board["meetings"]] == ["booked"] * 5
    (number,) = {meeting["number"] for meeting in board["meetings"]}
    assert number != chain.reference
    assert {"number", "agency", "starts_at", "ends_at", "state"} <= set(board["meetings"][0])


@pytest.mark.parametrize(("asked", "accept"), [("?format=csv", "*/*"), ("", "text/csv")])
def test_a_boards_meetings_are_a_file_too(chain, host, opens, signed_in, asked, accept):
    answer = signed_in(host).get(f"{BOARD}{asked}", headers={"Accept": accept})
    assert answer["Content-Type"].startswith("text/csv")
    head, *rows = csv_rows(answer)
    assert head[:2] == ["number", "agency"]
    assert {row[1] for row in rows} == {"MIG", "SKV", "FK", "AF", "KOM"}
    assert chain.reference not in answer.text


def test_a_scanner_that_sends_the_code_twice_is_answered_twice_and_records_once(
    chain, host, opens, signed_in
):
    api = signed_in(host)
    first, second = (api.post(f"{BOARD}arrivals/", {"code": chain.reference}) for _ in range(2))
    assert [first.status_code, second.status_code] == [200, 200]
    assert [first.json()["was_here"], second.json()["was_here"]] == [False, True]
    assert second.json()["meeting"]["state"] == "arrived"


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [("ZZZ-ZZZ", 422, "unknown-code"), ("", 422, None), ("x" * 41, 422, None), (7, 422, "unknown-code")],
)
def test_a_code_that_leads_nowhere_is_a_clear_problem(chain, host, opens, signed_in, code, status, kind):
    answer = signed_in(host).post(f"{BOARD}arrivals/", {"code": code})
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert kind is None or kind in answer.json()["type"]


def test_the_day_before_nobody_arrives(chain, host, clock, signed_in):
    clock.move_to("2026-12-07T23:59:00+01:00")
    answer = signed_in(host).post(f"{BOARD}arrivals/", {"code": chain.reference})
    assert answer.status_code == 409
    assert "not-that-day" in answer.json()["type"]


def test_a_place_that_is_not_open_has_an_empty_board_and_no_arrivals(chain, host, opens, signed_in):
    api, shut = signed_in(host), "/api/v1/boards/norrkoping/2026-12-24/"
    assert api.get(shut).json()["meetings"] == []
    assert api.post(f"{shut}arrivals/", {"code": chain.reference}).status_code == 409


def test_caseworkers_look_and_do_not_record_and_the_secretariat_does_not_look(chain, opens, signed_in):
    caseworker = signed_in(UserFactory(agency="AF"))
    assert [meeting["agency"] for meeting in caseworker.get(BOARD).json()["meetings"]] == ["AF"]
    assert caseworker.post(f"{BOARD}arrivals/", {"code": chain.reference}).status_code == 403
    assert signed_in(SecretariatFactory()).get(BOARD).status_code == 403


def test_another_site_and_a_day_that_is_none_are_not_there(chain, host, opens, signed_in):
    api = signed_in(host)
    for address in ("/api/v1/boards/malmo/2026-12-08/", "/api/v1/boards/norrkoping/2026-12-99/"):
        answer = api.get(address)
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
