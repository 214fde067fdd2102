"""The checklist over the API: reading the own part, ticking, problem details."""

import pytest
from rest_framework.test import APIClient

from agencies.models import User
from tests.factories.agencies import HostFactory, UserFactory
from tests.signing_in import key_of

pytestmark = pytest.mark.django_db


def api_of(user: User) -> APIClient:
    client = APIClient(headers={"accept-language": "en"})
    client.credentials(HTTP_AUTHORIZATION=f"Token {key_of(user)}")
    return client


@pytest.fixture
def address(chain) -> str:
    return f"/api/v1/checklists/{chain.reference}/"


def test_an_agency_reads_its_own_part(chain, address, fk):
    told = api_of(fk).get(address).json()
    assert told["reference"] == chain.reference
    assert (told["track"], told["version"], told["note"], told["referrals"]) == (1, 1, None, [])
    assert told["progress"]["done"] == 0
    assert told["progress"]["next"]["key"] == "fk-registered"
    assert [part["agency"] for part in told["agencies"]] == ["FK"]
    assert told["agencies"][0]["steps"][0] == {
        "key": "fk-registered",
        "text": "Notified to the Social Insurance Agency",
        "done_on": None,
        "outcome": "",
        "version": "-",
        "by_check_in": False,
        "outcomes": ["done", "applied", "appointment"],
    }


def test_a_step_is_ticked_and_taken_back(address, fk):
    api = api_of(fk)
    said = {"done_on": "2026-11-20", "outcome": "applied"}
    told = api.post(f"{address}steps/fk-registered/", said, format="json").json()
    step = told["agencies"][0]["steps"][0]
    assert (step["done_on"], step["outcome"], told["progress"]["done"]) == ("2026-11-20", "applied", 1)
    told = api.post(f"{address}steps/fk-registered/", {"done_on": None}, format="json").json()
    assert told["progress"]["done"] == 0


def test_a_colleagues_tick_is_not_overwritten_unseen(address, fk):
    api, step = api_of(fk), f"{address}steps/fk-registered/"
    done, applied = ({"done_on": "2026-11-20", "outcome": outcome} for outcome in ("done", "applied"))
    told = api.post(step, done, format="json").json()
    seen = {"version": told["agencies"][0]["steps"][0]["version"]}
    assert api.post(step, done | {"version": "-"}, format="json").status_code == 200
    for stale in (applied, applied | {"version": "-"}):
        answer = api.post(step, stale, format="json")
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/ticked-meanwhile")
    assert api.post(step, applied | seen, format="json").status_code == 200
    assert api.post(step, {"done_on": None} | seen, format="json").status_code == 409
    assert api.post(step, {"done_on": None}, format="json").status_code == 200


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "done_on"),
        ({"done_on": "2026-11-24"}, "done_on"),
        ({"done_on": "yesterday"}, "done_on"),
        ({"done_on": "2026-11-20", "outcome": "dead"}, "outcome"),
        ({"done_on": "2026-11-20", "outcome": "\x00"}, "outcome"),
    ],
)
def test_a_refused_tick_is_a_problem_that_names_the_field(address, fk, said, field):
    answer = api_of(fk).post(f"{address}steps/fk-registered/", said, format="json")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [field]


def test_what_is_hidden_is_answered_404_like_what_does_not_exist(address, fk, af):
    nowhere = "/api/v1/checklists/222-222/"
    stranger = api_of(UserFactory(agency="PM"))
    assert stranger.get(address).status_code == stranger.get(nowhere).status_code == 404
    assert stranger.get(address).content == stranger.get(nowhere).content
    said = {"done_on": "2026-11-20"}
    hidden = api_of(af).post(f"{address}steps/fk-registered/", said, format="json")
    none = api_of(af).post(f"{address}steps/no-such-step/", said, format="json")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content == none.content


def test_a_host_ticks_nothing(address):
    assert api_of(HostFactory()).post(f"{address}steps/fk-registered/", {"done_on": None}).status_code == 403
