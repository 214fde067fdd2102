"""The API's lists of sites, tracks and legal bases, and its OpenAPI document."""

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

pytestmark = pytest.mark.django_db

QUERIES = {"sites": 12, "tracks": 11, "legal-bases": 11, "municipalities": 11, "agencies": 11, "languages": 9}


def test_sites_are_listed_with_their_locations(api):
    answer = api.get("/api/v1/sites/").json()
    assert answer["count"] == len(answer["results"]) == 27
    first = answer["results"][0]
    assert (first["code"], first["name"], first["state"]) == ("norrkoping", "Norrköping", "open")
    assert first["phone"]
    assert [place["kind"] for place in first["locations"]] == ["main"]


def test_tracks_are_listed_with_the_agency_that_summons(api):
    tracks = api.get("/api/v1/tracks/").json()["results"]
    assert [(track["number"], track["summoned_by"]) for track in tracks] == [
        (1, "MIG"),
        (2, "AF"),
        (3, "KOM"),
    ]


def test_municipalities_name_the_site_that_meets_their_newcomers(api):
    rows = {row["code"]: row for row in api.get("/api/v1/municipalities/?limit=200").json()["results"]}
    assert (rows["0581"]["short_name"], rows["0581"]["site"], rows["0581"]["is_host"]) == (
        "Norrköping",
        "norrkoping",
        True,
    )


def test_agencies_are_the_national_ones_and_each_municipalitys(api):
    answer = api.get("/api/v1/agencies/?limit=200&offset=200").json()
    assert answer["count"] == 295
    assert [row["municipality"] for row in answer["results"] if row["code"] == "MIG"] == [None]


def test_languages_come_with_their_own_names(api):
    languages = {row["code"]: row["name"] for row in api.get("/api/v1/languages/").json()}
    assert languages["ti"] == "ትግርኛ"
    assert len(languages) == 6


def test_legal_bases_are_listed_with_their_dates(api):
    bases = {basis["code"]: basis for basis in api.get("/api/v1/legal-bases/").json()["results"]}
    assert bases["UTL-5-1"]["default_track"] == 1
    assert bases["UTL-5-1"]["valid_from"] == "2006-03-31"
    assert bases["UTL-5-1"]["valid_to"] is None


@pytest.mark.parametrize("address", QUERIES)
def test_a_list_takes_a_fixed_number_of_queries(api, address, django_assert_num_queries):
    with django_assert_num_queries(QUERIES[address]):
        api.get(f"/api/v1/{address}/")


def test_the_openapi_document_is_valid_and_complete():
    with GENERATOR_STATS.silence():
        GENERATOR_STATS.reset()
        schema = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS._error_cache
    assert not GENERATOR_STATS._warn_cache
    validate_schema(schema)
    assert schema["openapi"].startswith("3.1")
    assert len(schema["paths"]) == 47


def test_the_openapi_document_needs_no_sign_in():
    answer = Client().get("/api/v1/schema/", headers={"Accept": "application/json"})
    assert answer.status_code == 200


def test_the_readable_page_keeps_the_content_security_policy():
    page = Client().get("/api/v1/")
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert page.text.count("<script") == page.text.count("<script src=") == 3
