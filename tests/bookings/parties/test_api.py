"""Register and read parties through the API."""

from typing import Any
from uuid import uuid4

import pytest

from bookings.models import Party
from tests.bookings.api_steps import HADDAD, as_typed
from tests.factories.agencies import UserFactory

pytestmark = pytest.mark.django_db

QUERIES = 17

LEAST: dict[str, Any] = {
    "language": "ar",
    "municipality": "0581",
    "legal_basis": "UTL-5-1",
    "members": [{"given_name": "Omar", "family_name": "Haddad", "birth_date": "1989-11-02"}],
}
REGISTERED = "/api/v1/parties/"


def test_the_answer_is_the_party_as_it_was_registered(api):
    answer = api.post(REGISTERED, HADDAD)
    assert answer.status_code == 201
    answered = answer.json()
    by_age = sorted(HADDAD["members"], key=lambda member: member["birth_date"])
    assert [{**member, "key": ...} for member in answered["members"]] == [
        {**one, "key": ..., "letter_language": None, "own_meetings": [], "own_phone": "", "own_email": ""}
        for one in by_age
    ]
    assert {
        name: answered[name] for name in ("language", "municipality", "legal_basis", "email", "address")
    } == {name: HADDAD[name] for name in ("language", "municipality", "legal_basis", "email", "address")}
    assert answered["phone"] == "+46701740605"
    assert answered["registered_at"] == "2026-11-23T09:00:00+01:00"
    assert [one["type"] for one in answered["warnings"]] == ["interpreter-ordered-outside"]
    assert answered["chain"] is None
    assert api.get(f"{REGISTERED}{answered['reference']}/").json() == answered


@pytest.mark.parametrize("silence", [{}, {"address": None, "phone": None, "email": ""}])
def test_all_but_the_least_may_be_left_out(api, silence):
    answer = api.post(REGISTERED, LEAST | silence)
    assert answer.status_code == 201
    warning = answer.json()["warnings"][0]
    assert warning == {
        "type": "no-postal-address",
        "detail": "There is no postal address. Hand the letter over yourself.",
        "reference": answer.json()["reference"],
    }
    assert answer.json()["members"][0]["sex"] is None


def test_the_further_particulars_are_kept(api):
    particulars = {
        "decided_on": "2026-10-01",
        "housing_kind": "abo",
        "case_reference": "MIG-77",
        "step_free": True,
        "extra_time": True,
        "caseworker_sex": "F",
        "interpreter_sex": "M",
        "switched": {"AF": False},
    }
    answered = api.post(REGISTERED, LEAST | particulars).json()
    assert {name: answered[name] for name in particulars} == particulars


def test_who_has_one_name_only_has_no_family_name(api):
    (member, *others) = HADDAD["members"]
    nameless = {name: value for name, value in member.items() if name != "family_name"}
    for typed in (nameless, member | {"family_name": ""}):
        answer = api.post(REGISTERED, HADDAD | {"members": [typed, *others]})
        assert answer.status_code == 201
        names = {(one["given_name"], one["family_name"]) for one in answer.json()["members"]}
        assert (member["given_name"], "") in names


def duplicates(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in answer["warnings"] if one["type"] == "possible-duplicate"]


def test_the_same_people_again_are_registered_with_a_warning(api):
    first = api.post(REGISTERED, HADDAD).json()
    again = api.post(REGISTERED, HADDAD)
    assert again.status_code == 201
    (warning,) = duplicates(again.json())
    assert warning["reference"] == first["reference"]
    assert first["reference"] in warning["detail"]


def test_the_same_request_again_is_no_duplicate_of_itself(api):
    key = {"Idempotency-Key": str(uuid4())}
    answers = [api.post(REGISTERED, HADDAD, headers=key).json() for _ in range(2)]
    assert [duplicates(answer) for answer in answers] == [[], []]


def test_who_summons_nobody_registers_nobody(foreign_api):
    """As on the page of a new party."""
    assert foreign_api.post("/api/v1/parties/", HADDAD).status_code == 403


def test_the_warning_is_in_the_readers_language(api):
    answered = api.post(REGISTERED, LEAST, headers={"Accept-Language": "sv"}).json()
    assert answered["warnings"][0]["detail"] == "Postadress saknas. Lämna över brevet själv."


def test_an_idempotency_key_registers_once(api, signed_in):
    key = {"Idempotency-Key": str(uuid4())}
    first, second = (api.post(REGISTERED, HADDAD, headers=key) for _ in range(2))
    assert second.status_code == 201
    assert second.json() == first.json()
    other = signed_in(UserFactory(agency="AF")).post(REGISTERED, HADDAD, headers=key)
    assert other.status_code == 201
    assert other.json()["reference"] != first.json()["reference"]


def test_the_same_key_with_another_body_is_refused_and_changes_nothing(api):
    key = {"Idempotency-Key": str(uuid4())}
    first = api.post(REGISTERED, HADDAD, headers=key).json()
    answer = api.post(REGISTERED, HADDAD | {"phone": "070-174 06 06"}, headers=key)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/registration-reused"
    assert first["reference"] in answer.json()["detail"]
    assert api.get(REGISTERED).json()["count"] == 1


def test_what_is_registered_says_where_it_stands(api):
    answer = api.post(REGISTERED, HADDAD)
    assert answer["Location"] == f"http://testserver{REGISTERED}{answer.json()['reference']}/"
    assert api.get(answer["Location"]).json() == answer.json()


def test_a_pointer_leads_to_the_member_and_the_field(api):
    members = [HADDAD["members"][0], HADDAD["members"][1] | {"birth_date": "1850-01-01"}]
    problem = api.post(REGISTERED, HADDAD | {"members": members}).json()
    assert [violation["pointer"] for violation in problem["violations"]] == ["#/members/1/birth_date"]


UNUSABLE: dict[str, Any] = {
    "language": {"language": "xx"},
    "municipality": {"municipality": "9999"},
    "legal_basis": {"legal_basis": "NO-SUCH"},
    "phone": {"phone": "1"},
    "email": {"email": "not an address"},
    "decided_on": {"decided_on": "2026-13-45"},
    "caseworker_sex": {"caseworker_sex": "X"},
    "switched": {"switched": {"XYZ": False}},
    "address": {"address": "x\u202ey"},
    "housing": {"housing": "a\x00b"},
    "case_reference": {"case_reference": "x" * 500},
    "is_quota": {"is_quota": "perhaps"},
    "override_reason": {"override_reason": "x" * 500},
}


@pytest.mark.parametrize("field", UNUSABLE)
def test_what_cannot_be_used_is_told_beside_its_field(api, field):
    answer = api.post(REGISTERED, HADDAD | UNUSABLE[field])
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [field]
    assert all(isinstance(message, str) for message in answer.json()["errors"][field])


@pytest.mark.parametrize("field", ["language", "municipality", "legal_basis", "members"])
@pytest.mark.parametrize("value", [None, [], {}, 7, True, "\ud800"])
def test_a_wrong_type_is_told_beside_its_field(api, field, value):
    answer = api.post(REGISTERED, **as_typed(HADDAD | {field: value}))
    assert answer.status_code == 422
    assert field in answer.json()["errors"]


@pytest.mark.parametrize("field", ["language", "municipality", "legal_basis", "members"])
def test_the_least_is_needed(api, field):
    answer = api.post(REGISTERED, {name: value for name, value in LEAST.items() if name != field})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {field: ["This field is required."]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("given_name", ""),
        ("given_name", "x" * 500),
        ("family_name", "Had\u202edad"),
        ("family_name", "Had\ndad"),
        ("family_name", "---"),
        ("birth_date", "2027-01-01"),
        ("birth_date", "1850-01-01"),
        ("birth_date", "yesterday"),
        ("sex", "Q"),
    ],
)
def test_a_members_errors_stand_in_its_row(api, field, value):
    members = [HADDAD["members"][0], HADDAD["members"][1] | {field: value}]
    answer = api.post(REGISTERED, HADDAD | {"members": members})
    assert answer.status_code == 422
    rows = answer.json()["errors"]["members"]
    assert rows[0] == {}
    assert list(rows[1]) == [field]


def test_a_name_with_html_is_only_text(api):
    name = "<script>alert(1)</script>"
    answer = api.post(REGISTERED, LEAST | {"members": [LEAST["members"][0] | {"given_name": name}]})
    assert answer.status_code == 201
    assert answer.json()["members"][0]["given_name"] == name


def test_children_alone_are_shown_the_way(api):
    answer = api.post(REGISTERED, HADDAD | {"members": HADDAD["members"][2:]})
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/unaccompanied-minor"
    assert "överförmyndaren" in answer.json()["errors"]["members"][0]


@pytest.mark.parametrize("members", [[], HADDAD["members"] * 6])
def test_nobody_and_a_crowd_are_refused(api, members):
    answer = api.post(REGISTERED, HADDAD | {"members": members})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["members"]


def test_a_refusal_writes_nothing(api, caseworker, acting):
    api.post(REGISTERED, HADDAD | {"phone": "1"})
    with acting(caseworker):
        assert not Party.objects.exists()


def test_parties_are_searched_and_paged(api, register):
    first, second = register(), register(case_reference="MIG-77")
    assert [party["reference"] for party in api.get(REGISTERED).json()["results"]] == [second, first]
    assert api.get(REGISTERED, {"search": "layla"}).json()["count"] == 2
    assert [party["reference"] for party in api.get(REGISTERED, {"search": "mig-77"}).json()["results"]] == [
        second
    ]
    page = api.get(REGISTERED, {"limit": 1, "offset": 1}).json()
    assert [party["reference"] for party in page["results"]] == [first]


def test_a_search_for_hidden_characters_is_refused(api):
    assert api.get(REGISTERED, {"search": "\x00"}).status_code == 422


def test_the_list_costs_the_same_for_one_and_for_three(api, register, django_assert_num_queries):
    for _ in range(2):
        register()
        with django_assert_num_queries(QUERIES):
            api.get(REGISTERED)
        register()


def test_another_agencys_party_is_not_there(register, foreign_api):
    theirs = foreign_api.get(f"{REGISTERED}{register()}/")
    nobodys = foreign_api.get(f"{REGISTERED}ZZZ-ZZZ/")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content
    assert theirs.headers.items() - nobodys.headers.items() <= {("Expires", theirs["Expires"])}
    assert foreign_api.get(REGISTERED).json()["count"] == 0
