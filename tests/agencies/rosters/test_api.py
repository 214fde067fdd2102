"""Open days and shifts over the API."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from agencies.models import Shift, SiteDay, User
from agencies.rosters.import_file import COLUMNS
from agencies.rosters.import_roster import import_roster
from tests.agencies.rosters.test_import_roster import file, row
from tests.browser import csv_rows
from tests.factories.agencies import HostFactory, ManagerFactory, SecretariatFactory, UserFactory, the_site
from tests.signing_in import key_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAYS, SHIFTS, IMPORT = "/api/v1/site-days/", "/api/v1/shifts/", "/api/v1/shifts/import/"
TUESDAY = {"site": "norrkoping", "date": "2026-12-08", "opens": "08:30", "closes": "16:00"}


def signed_in(user: User) -> APIClient:
    client = APIClient(headers={"Accept-Language": "en"})
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key_of(user)}")
    return client


@pytest.fixture
def api(coordinator) -> APIClient:
    return signed_in(coordinator)


def send(client: APIClient, content: bytes, **more):
    sent = {"file": SimpleUploadedFile("roster.csv", content, "text/csv")} | more
    return client.post(IMPORT, sent, format="multipart")


def test_a_day_is_opened_and_listed(api):
    answer = api.post(DAYS, TUESDAY)
    assert answer.status_code == 201
    assert answer.json() == {
        "site": "norrkoping",
        "location": "",
        "date": "2026-12-08",
        "opens": "08:30",
        "closes": "16:00",
        "notice_days": 15,
        "short_notice": False,
        "merges_into": None,
    }
    assert api.get(answer["Location"]).json()["results"] == [answer.json()]


@pytest.mark.parametrize(("asked", "accept"), [({"format": "csv"}, "*/*"), ({}, "text/csv")])
def test_a_sites_days_are_a_file_too(api, asked, accept):
    api.post(DAYS, TUESDAY)
    answer = api.get(DAYS, {"site": "norrkoping"} | asked, headers={"Accept": accept})
    assert answer["Content-Type"].startswith("text/csv")
    assert csv_rows(answer) == [
        ["site", "location", "date", "opens", "closes", "notice_days", "short_notice", "merges_into"],
        ["norrkoping", "", "2026-12-08", "08:30", "16:00", "15", "false", ""],
    ]


@pytest.mark.parametrize("address", [DAYS, SHIFTS])
def test_what_the_address_asks_for_counts_more_than_the_header(api, address):
    json = api.get(address, {"site": "norrkoping", "format": "json"}, headers={"Accept": "text/csv"})
    assert (json.status_code, json["Content-Type"]) == (200, "application/json")
    none = api.get(address, {"site": "norrkoping", "format": "xml"})
    assert none.status_code == 422
    assert api.post(DAYS, TUESDAY, headers={"Accept": "text/csv"}).status_code == 406
    assert not SiteDay.objects.exists()


def test_a_day_that_is_open_is_a_conflict(api):
    assert [api.post(DAYS, TUESDAY).status_code for _ in range(2)] == [201, 409]
    problem = api.post(DAYS, TUESDAY | {"opens": "09:00"}).json()
    assert problem["type"] == "/problems/open-already"
    assert problem["errors"] == {"date": ["That day is already open at this location."]}
    assert SiteDay.objects.count() == 1


def test_a_day_at_short_notice_is_opened_and_says_so(api):
    assert api.post(DAYS, TUESDAY | {"date": "2026-11-25"}).json()["short_notice"] is True


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2026-12-25"},
        {"date": "2026-11-01"},
        {"date": "2031-12-08"},
        {"date": "9999-12-31"},
        {"date": "0001-01-01"},
        {"date": "2026-02-30"},
        {"date": "24/12/2026"},
        {"closes": "24:00"},
        {"opens": "08:30:29"},
        {"closes": "08:00"},
        {"site": "nowhere"},
        {"location": "Torget"},
        {"site": "malmo"},
    ],
)
def test_a_day_that_cannot_be_opened_is_refused_with_a_word_beside_a_field(api, changes):
    answer = api.post(DAYS, TUESDAY | changes)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert not SiteDay.objects.exists()


def test_shifts_are_listed_by_the_columns_of_the_file(api, shift):
    (listed,) = api.get(SHIFTS, {"site": "norrkoping", "date": "2026-12-08"}).json()["results"]
    assert listed.pop("id") == shift.pk
    assert listed.pop("state") == "approved"
    assert listed == dict(zip(COLUMNS, row().split(";"), strict=True)) | {"remote": False}
    assert api.get(SHIFTS, {"site": "norrkoping", "date": "2026-12-09"}).json()["results"] == []


@pytest.mark.parametrize("asked", [{"format": "csv"}, {}])
def test_an_export_is_the_file_of_an_import(api, shift, asked):
    headers = {} if asked else {"Accept": "text/csv"}
    answer = api.get(SHIFTS, {"site": "norrkoping"} | asked, headers=headers)
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode("utf-8-sig").splitlines() == [";".join(COLUMNS), row(remote="false")]
    assert send(api, answer.content).json() == {"created": 0, "changed": 0, "errors": []}


def test_who_sees_which_shifts(shift):
    seen = {
        "host": HostFactory(),
        "colleague": UserFactory(agency="FK"),
        "manager": ManagerFactory(agency="AF"),
        "elsewhere": UserFactory(agency="FK", sites=[the_site("malmo")]),
        "secretariat": SecretariatFactory(),
    }
    found = {
        who: signed_in(user).get(SHIFTS, {"site": "norrkoping"}).json()["count"] for who, user in seen.items()
    }
    assert found == {"host": 1, "colleague": 1, "manager": 0, "elsewhere": 0, "secretariat": 0}


def test_a_file_is_imported(api, day, worker):
    assert send(api, file(row())).json() == {"created": 1, "changed": 0, "errors": []}
    assert send(api, file(row(ends="15:00"))).json() == {"created": 0, "changed": 1, "errors": []}


def test_a_dry_run_saves_nothing(api, day, worker):
    assert send(api, file(row()), dry_run="true").json()["created"] == 1
    assert not Shift.objects.exists()


@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_a_wrong_row_is_told_and_nothing_is_saved(api, day, worker, dry_run):
    answer = send(api, file(row(), row(date="2026-12-32")), dry_run=dry_run)
    problem = answer.json()
    assert answer.status_code == 422
    assert (problem["created"], problem["changed"]) == (0, 0)
    assert problem["errors"] == [
        {"row": 3, "column": "date", "message": "Write a date that exists, as 2026-12-08."}
    ]
    assert not Shift.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"PK\x03\x04", b"a,b\n" * 1000, b'"'])
def test_what_is_no_roster_is_refused_in_row_1(api, content):
    answer = send(api, content)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["row"] == 1


def test_an_import_without_a_file_is_refused_beside_the_field(api):
    answer = api.post(IMPORT, {"dry_run": "true"}, format="multipart")
    assert answer.status_code == 422
    assert "file" in answer.json()["errors"]


def test_a_free_shift_is_removed_once(api, shift):
    address = f"{SHIFTS}{shift.pk}/"
    assert api.delete(address).status_code == 204
    assert api.delete(address).status_code == 404


def test_a_shift_that_one_does_not_see_is_not_there(shift):
    assert signed_in(ManagerFactory(agency="AF")).delete(f"{SHIFTS}{shift.pk}/").status_code == 404


@pytest.mark.parametrize("factory", [UserFactory, HostFactory, SecretariatFactory])
def test_others_edit_nothing(factory, shift):
    api = signed_in(factory())
    assert api.post(DAYS, TUESDAY).status_code == 403
    assert send(api, file(row())).status_code == 403
    assert api.delete(f"{SHIFTS}{shift.pk}/").status_code == 403


def test_a_list_of_shifts_costs_as_much_for_three_as_for_one(
    api, day, shift, django_assert_num_queries, said
):
    asked = {"site": "norrkoping"}
    with django_assert_num_queries(12):
        api.get(SHIFTS, asked)
    for n in range(2):
        UserFactory(agency="FK", username=f"fk.{n}")
    import_roster(content=file(row("fk.0"), row("fk.1")), **said)
    with django_assert_num_queries(12):
        assert api.get(SHIFTS, asked).json()["count"] == 3
