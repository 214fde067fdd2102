"""The API of goals and series."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from tests.factories.agencies import UserFactory, the_site
from tests.factories.goals import half_of_the_permits, say
from tests.signing_in import key_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(db) -> APIClient:
    client = APIClient(headers={"accept-language": "en"})
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {key_of(UserFactory())}")
    return client


def test_goals_are_listed(api, eva, norrkoping):
    half_of_the_permits(eva)
    half_of_the_permits(eva, site=norrkoping)
    body = api.get("/api/v1/figures/goals/").json()
    assert body["count"] == 2
    assert body["results"][0] == {
        "site": None,
        "site_name": None,
        "valid_from": "2016-07-28",
        "valid_to": None,
        "percent": 50,
        "series": "permits",
        "persons": None,
        "why": "It replaced 45 000 persons",
        "decided_by": "The steering group",
    }
    assert body["results"][1]["site"] == "norrkoping"


def test_series_are_listed_with_the_numbers_that_count(api, eva):
    say(70000, eva, year=2016)
    say(71000, eva, year=2016, ca=True)
    body = api.get("/api/v1/figures/series/").json()
    assert [row["code"] for row in body["results"]] == ["permits", "enrolments", "first_payments"]
    first = body["results"][0]
    assert first["is_default"]
    assert "Residence permits" in first["definition"]
    assert first["values"] == [
        {
            "year": 2016,
            "month": None,
            "site": None,
            "site_name": None,
            "value": 71000,
            "is_approximate": True,
            "published_by": "Migrationsverket",
            "fetched_on": None,
        }
    ]


def test_more_numbers_take_no_more_queries(api, eva):
    half_of_the_permits(eva)
    say(5, eva, site=the_site("malmo"))
    for address in ("/api/v1/figures/series/", "/api/v1/figures/goals/"):
        api.get(address)
        with CaptureQueriesContext(connection) as few:
            api.get(address)
        for number, code in enumerate(("orebro", "norrkoping"), start=len(address)):
            say(number, eva, site=the_site(code))
            if not address.endswith("series/"):
                half_of_the_permits(eva, site=the_site(code))
        with CaptureQueriesContext(connection) as many:
            api.get(address)
        assert len(few) == len(many), address


def test_whoever_is_not_signed_in_is_told_so():
    answer = APIClient().get("/api/v1/figures/goals/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_a_page_that_is_no_number_is_a_problem(api):
    answer = api.get("/api/v1/figures/series/?limit=many")
    assert answer.status_code == 422
    assert "limit" in answer.json()["errors"]
