"""Day reports over the API."""

import pytest
from rest_framework.test import APIClient

from motesplats.followup.reports.fill import fill_ended
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    SecretariatFactory,
    the_site,
)
from tests.factories.followup import typed_report
from tests.motesplats.followup.reports.conftest import DAY, EVENING
from tests.signing_in import key_of

pytestmark = pytest.mark.django_db
LIST, DETAIL = "/api/v1/day-reports/", "/api/v1/day-reports/norrkoping/2026-11-17/"


def client_of(user) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key_of(user)}")
    return client


@pytest.fixture
def api(coordinator) -> APIClient:
    return client_of(coordinator)


def body(women: int = 8, men: int = 6, **more) -> dict:
    people = {
        "sex_age": {"F|18-64": women, "M|18-64": men},
        "track": {"1": women + men},
        "mode": {"main": women + men},
    }
    return {"site": "norrkoping", "date": "2026-11-17", "people": people, "parties": 5} | more


def post(api: APIClient, said: dict):
    return api.post(LIST, said, format="json")


def test_a_day_is_reported_once_read_and_locked(api):
    made = post(api, body(interpreting=3, trouble=["room"], note="A long queue."))
    assert made.status_code == 201
    assert made["Location"] == DETAIL
    found = made.json()
    assert (found["source"], found["version"], found["locked_at"]) == ("reported", 1, None)
    assert found["people"]["sex_age"]["F|18-64"] == 8
    assert found["people"]["mode"] == {"main": 14, "branch": 0, "mobile": 0, "remote": 0}
    assert found["trouble"] == ["room"]
    assert api.get(DETAIL).json() == found
    again = post(api, body(women=9))
    assert again.status_code == 409
    assert again.json()["type"].endswith("day-has-a-report")
    assert again.json()["version"] == 1
    locked = api.post(f"{DETAIL}lock/", {}, format="json")
    assert locked.status_code == 200
    assert locked.json()["locked_at"] == "2026-11-23T09:00:00+01:00"
    twice = api.post(f"{DETAIL}lock/", {}, format="json")
    assert (twice.status_code, twice.json()["type"]) == (409, "/problems/report-locked")


def test_with_its_version_a_report_is_changed_and_a_locked_one_corrected_with_a_reason(api):
    post(api, body())
    changed = post(api, body(women=9, version=1))
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert api.post(f"{DETAIL}lock/", {"version": 1}, format="json").status_code == 409
    assert api.post(f"{DETAIL}lock/", {"version": 2}, format="json").status_code == 200
    refused = post(api, body(women=10, version=3))
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["why"])
    corrected = post(api, body(women=10, version=3, why="The family came at 11:30."))
    assert (corrected.status_code, corrected.json()["people"]["track"]["1"]) == (200, 16)


def test_what_attendance_filled_in_is_read_and_changed_with_a_reason(opened, api):
    fill_ended(at=EVENING)
    assert api.get(DETAIL).json()["source"] == "counted"
    assert post(api, body()).status_code == 409
    assert post(api, body(version=1)).status_code == 422
    assert post(api, body(version=1, why="The scanner stood still.")).status_code == 200


def test_sums_that_do_not_agree_are_told_where_they_stand(api):
    said = body()
    said["people"]["track"] = {"1": 3, "2": 4}
    answer = post(api, said)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/sums-disagree"
    assert [one["pointer"] for one in answer.json()["violations"]] == ["#/people/track"]
    assert api.get(DETAIL).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": {}},
        {"people": {"sex_age": {"F|18-64": -1}, "track": {}, "mode": {}}},
        {"people": {"sex_age": {"X|1": 1}, "track": {}, "mode": {}}},
        {"people": {"sex_age": [], "track": {}, "mode": {}}},
        {"parties": -1},
        {"parties": 10**12},
        {"parties": None},
        {"interpreting": 9},
        {"trouble": ["rain"]},
        {"note": "x" * 501},
        {"note": "\u0000"},
        {"date": "2026-11-24"},
        {"date": "2026-11-22"},
        {"date": "0001-01-01"},
        {"date": "yesterday"},
        {"version": -1},
    ],
)
def test_what_no_report_can_say_is_a_clear_problem_and_writes_nothing(api, wrong):
    answer = post(api, body() | wrong)
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert api.get(LIST).json()["count"] == 0


def test_another_site_and_one_that_is_none_are_not_there(api, locked):
    stranger = client_of(CoordinatorFactory(sites=[the_site("malmo")]))
    assert stranger.get(LIST).json()["count"] == 0
    answers = [
        stranger.get(DETAIL),
        stranger.get(LIST, {"site": "norrkoping"}),
        stranger.post(f"{DETAIL}lock/", {}, format="json"),
        post(stranger, body()),
        post(stranger, body(site="nowhere")),
        api.get("/api/v1/day-reports/norrkoping/2026-11-18/"),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("factory", [HostFactory, SecretariatFactory])
def test_hosts_and_the_secretariat_are_not_let_in(factory, locked):
    stranger = client_of(factory())
    assert [stranger.get(LIST).status_code, stranger.get(DETAIL).status_code] == [403, 403]
    assert post(stranger, body()).status_code == 403


def test_the_list_is_of_a_site_and_between_dates(api, locked):
    assert (
        api.get(LIST, {"site": "norrkoping", "from": "2026-11-17", "to": "2026-11-17"}).json()["count"] == 1
    )
    assert api.get(LIST, {"from": "2026-11-18", "limit": 5, "offset": 0}).json()["count"] == 0
    misspelt = api.get(LIST, {"sites": "norrkoping"})
    assert (misspelt.status_code, list(misspelt.json()["errors"])) == (422, ["sites"])
    assert api.get(LIST, {"to": "tomorrow"}).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_as_much_for_one_as_for_three(
    api, acting, coordinator, number, django_assert_num_queries
):
    with acting(coordinator):
        for n in range(number):
            typed_report(the_site(), DAY.replace(day=16 + n), coordinator)
    api.get(LIST)
    with django_assert_num_queries(12):
        api.get(LIST)


def test_a_misspelt_name_is_refused_and_what_was_read_can_be_sent_back(api):
    people = body()["people"] | {"sexage": {"F|18-64": 9}}
    for wrong, told in ((body(partys=3), ["partys"]), (body(people=people), ["people"])):
        refused = post(api, wrong)
        assert (refused.status_code, list(refused.json()["errors"])) == (422, told)
    read = post(api, body()).json()
    assert post(api, read | {"parties": 4}).json()["parties"] == 4


def test_a_period_that_ends_before_it_begins_is_refused(api):
    refused = api.get(LIST, {"from": "2026-11-18", "to": "2026-11-17"})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["to"])
