"""PATCH /parties/{reference}/: a correction over the API."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(booked):
    return f"/api/v1/parties/{booked['party']}/"


def test_one_field_is_corrected_and_the_answer_tells_what_it_led_to(api, booked, address):
    before = api.get(address)
    answer = api.patch(address, {"phone": "070-174 06 99"}, headers={"If-Match": before["ETag"]})
    now = answer.json()
    assert (answer.status_code, now["phone"]) == (200, "+46701740699")
    assert (now["letter_version"], now["must_move"]) == (2, False)
    assert now["members"] == before.json()["members"]
    assert answer["ETag"] == api.get(address)["ETag"] != before["ETag"]
    chain = api.get(f"/api/v1/chains/{booked['reference']}/").json()
    assert {copy["version"] for copy in chain["summons"]} == {2}


def test_members_are_corrected_by_their_keys_and_a_person_without_one_joins(api, booked, address):
    members = api.get(address).json()["members"]
    members[0]["given_name"] = "Umar"
    baby = {"given_name": "Amal", "family_name": "Haddad", "birth_date": "2026-11-02"}
    now = api.patch(address, {"members": [*members, baby]}).json()
    assert [member["given_name"] for member in now["members"]] == ["Umar", "Layla", "Sami", "Noor", "Amal"]
    assert {member["key"] for member in members} < {member["key"] for member in now["members"]}
    assert now["must_move"]
    assert api.get(f"/api/v1/chains/{booked['reference']}/").json()["must_move"]


@pytest.mark.parametrize(
    "left_out", ["own_phone", "own_email", "letter_language", "family_name", "own_meetings"]
)
def test_what_an_older_client_does_not_send_of_a_member_is_not_lost(api, address, left_out):
    members = api.get(address).json()["members"]
    own = {"own_phone": "+46701740615", "own_email": "layla@example.org", "letter_language": "so"}
    members[1] |= own | {"own_meetings": ["AF"]}
    told = api.patch(address, {"members": members}).json()["members"]
    sent = [{name: value for name, value in member.items() if name != left_out} for member in told]
    sent[1]["sex"] = None
    now = api.patch(address, {"members": sent}).json()["members"]
    assert now[1] == told[1] | {"sex": None}


@pytest.mark.parametrize("emptied", [None, ""])
def test_an_own_contact_is_emptied_by_saying_so(api, address, emptied):
    members = api.get(address).json()["members"]
    members[1] |= {"own_phone": "+46701740615", "own_email": "layla@example.org"}
    members = api.patch(address, {"members": members}).json()["members"]
    members[1] |= {"own_phone": emptied, "own_email": emptied}
    now = api.patch(address, {"members": members}).json()["members"][1]
    assert (now["own_phone"], now["own_email"]) == ("", "")


@pytest.mark.parametrize("emptied", [None, ""])
def test_a_field_is_emptied(api, address, emptied):
    now = api.patch(address, {"email": emptied, "decided_on": None}).json()
    assert (now["email"], now["decided_on"]) == ("", None)


def test_an_older_version_changes_nothing(api, address):
    seen = api.get(address)["ETag"]
    assert api.patch(address, {"email": "a@example.se"}).status_code == 200
    answer = api.patch(address, {"email": "b@example.se"}, headers={"If-Match": seen})
    assert (answer.status_code, answer.json()["type"]) == (412, "/problems/precondition-failed")
    assert api.get(address).json()["email"] == "a@example.se"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"phone": "12"}, "#/phone"),
        ({"language": "xx"}, "#/language"),
        ({"language": None}, "#/language"),
        ({"municipality": "9999"}, "#/municipality"),
        ({"members": []}, "#/members"),
        ({"members": [{"given_name": "A"}]}, "#/members/0/birth_date"),
        ({"members": [{"key": "5b0d2a0e-6a0c-4f4b-8a53-1f2f4a8f4c11"}]}, "#/members/0/given_name"),
        ({"is_protected": True}, "#/is_protected"),
        ({"reference": "ABC-DEF"}, "#/reference"),
        ({"override_reason": "Beslut finns."}, "#/override_reason"),
    ],
)
def test_what_is_wrong_is_pointed_at_and_nothing_is_written(api, address, body, pointer):
    before = api.get(address).json()
    answer = api.patch(address, {"email": "a@example.se"} | body)
    assert answer.status_code == 422
    assert pointer in {violation["pointer"] for violation in answer.json()["violations"]}
    assert api.get(address).json() == before


def test_a_party_of_others_is_not_there(foreign_api, address):
    assert foreign_api.patch(address, {"email": "a@example.se"}).status_code == 404
