"""Whatever goes wrong, the API answers with problem details, in the reader's language."""

import pytest
from rest_framework.test import APIClient

from bookings.models import Event, Party
from bookings.parties import api as parties
from tests.bookings.api_steps import HADDAD
from tests.factories.agencies import HostFactory, SecretariatFactory, UserFactory
from tests.signing_in import key_of, sign_in

pytestmark = pytest.mark.django_db

MEMBERS = {"type", "title", "status", "detail", "errors", "violations", "instance"}


def problem_of(answer, status: int) -> dict:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == (MEMBERS - {"instance"} if status == 404 else MEMBERS)
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    return problem


@pytest.mark.parametrize("address", ["parties/", "sites/", "chains/ABC-DEF/", "chains/ABC-DEF/summons.pdf"])
def test_nobody_is_asked_to_sign_in_as_json(address):
    answer = APIClient().get(f"/api/v1/{address}")
    assert problem_of(answer, 401)["type"] == "/problems/not-signed-in"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_wrong_token_is_refused():
    problem_of(APIClient(headers={"Authorization": "Token nonsense"}).get("/api/v1/parties/"), 401)


def test_somebody_who_has_left_is_refused(signed_in):
    problem_of(signed_in(UserFactory(is_active=False)).get("/api/v1/parties/"), 401)


@pytest.mark.parametrize("address", ["nothing/", "parties", "parties/abc-def/", "parties/%00/", "sites/x/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_address_is_told(api, address, method):
    problem = problem_of(getattr(api, method)(f"/api/v1/{address}"), 404)
    assert problem["type"] == "/problems/not-found"


def test_another_method_is_told(api):
    answer = api.delete("/api/v1/parties/")
    problem_of(answer, 405)
    assert "POST" in answer["Allow"]


def test_another_format_is_told(api):
    problem_of(api.get("/api/v1/parties/", headers={"Accept": "text/csv"}), 406)


def test_a_form_is_not_read(api):
    problem_of(api.post("/api/v1/parties/", "a=b", content_type="application/x-www-form-urlencoded"), 415)


@pytest.mark.parametrize("body", ["{", b"\xff", '{"language": NaN}', "[" * 100_000])
def test_broken_json_is_told(api, body):
    problem_of(api.post("/api/v1/parties/", body, content_type="application/json"), 400)


@pytest.mark.parametrize("body", ["[]", '"x"', "7", "null"])
@pytest.mark.parametrize("address", ["parties/", "proposals/", "chains/"])
def test_json_that_is_no_object_is_told(api, address, body):
    problem_of(api.post(f"/api/v1/{address}", body, content_type="application/json"), 422)


def test_an_error_of_ours_is_told_without_its_reason(api, monkeypatch, caplog, caseworker, acting):
    def fail(*args, **kwargs):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(parties.PartyList, "serialized", fail)
    problem = problem_of(api.post("/api/v1/parties/", HADDAD), 500)
    assert problem["type"] == "/problems/server-error"
    assert "secret" not in str(problem)
    assert "ZeroDivisionError" in caplog.text
    with acting(caseworker):
        assert not Party.objects.exists()
        assert not Event.objects.exists()


def test_problems_are_told_in_swedish_and_english(api):
    swedish = problem_of(api.get("/api/v1/nothing/", headers={"Accept-Language": "sv"}), 404)
    english = problem_of(api.get("/api/v1/nothing/", headers={"Accept-Language": "en"}), 404)
    assert (swedish["title"], english["title"]) == ("Finns inte", "Not found")
    missing = api.post("/api/v1/parties/", {}, headers={"Accept-Language": "sv"}).json()["errors"]
    assert missing["language"] == ["Det här fältet är obligatoriskt."]


@pytest.mark.parametrize("factory", [HostFactory, SecretariatFactory])
@pytest.mark.parametrize("address", ["parties/", "proposals/", "chains/", "chains/ABC-DEF/cancel/"])
def test_who_works_with_no_newcomers_changes_nothing(signed_in, factory, address):
    answer = signed_in(factory()).post(f"/api/v1/{address}", HADDAD)
    assert problem_of(answer, 403)["type"] == "/problems/not-for-your-role"


@pytest.mark.parametrize("factory", [HostFactory, SecretariatFactory])
def test_who_works_for_no_agency_sees_no_party(signed_in, register, factory):
    register()
    client = signed_in(factory())
    assert client.get("/api/v1/parties/").json()["results"] == []
    assert client.get("/api/v1/chains/").json()["results"] == []


def test_a_session_is_as_good_as_a_token(register, caseworker):
    party, browser = register(), APIClient(enforce_csrf_checks=True)
    sign_in(browser, caseworker)
    assert [found["reference"] for found in browser.get("/api/v1/parties/").json()["results"]] == [party]
    problem_of(browser.post("/api/v1/parties/", HADDAD), 403)


def test_the_token_counts_where_another_has_signed_in(register, caseworker):
    party, client = register(), APIClient()
    sign_in(client, UserFactory(agency="AF"))
    client.credentials(HTTP_AUTHORIZATION=f"Token {key_of(caseworker)}")
    assert [found["reference"] for found in client.get("/api/v1/parties/").json()["results"]] == [party]


def test_no_answer_is_stored(api, register):
    for address in ("parties/", f"parties/{register()}/", "parties/ZZZ-ZZZ/"):
        assert "no-store" in api.get(f"/api/v1/{address}")["Cache-Control"]
