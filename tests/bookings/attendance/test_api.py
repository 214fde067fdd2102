"""What a client asks for before it registers or books, and the API's own description."""

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

pytestmark = pytest.mark.django_db

QUERIES = {"sites": 12, "tracks": 11, "legal-bases": 11}


def test_the_sites_are_told_with_their_places(api):
    answer = api.get("/api/v1/sites/").json()
    assert answer["count"] == len(answer["results"]) == 27
    first = answer["results"][0]
    assert (first["code"], first["name"], first["state"]) == ("norrkoping", "Norrköping", "open")
    assert first["phone"]
    assert [place["kind"] for place in first["locations"]] == ["main"]


def test_the_tracks_are_told_with_who_summons(api):
    tracks = api.get("/api/v1/tracks/").json()["results"]
    assert [(track["number"], track["summoned_by"]) for track in tracks] == [
        (1, "MIG"),
        (2, "AF"),
        (3, "KOM"),
    ]


def test_the_legal_bases_are_told_with_their_dates(api):
    bases = {basis["code"]: basis for basis in api.get("/api/v1/legal-bases/").json()["results"]}
    assert bases["UTL-5-1"]["default_track"] == 1
    assert bases["UTL-5-1"]["valid_from"] == "2006-03-31"
    assert bases["UTL-5-1"]["valid_to"] is None


@pytest.mark.parametrize("address", ["sites", "tracks", "legal-bases"])
def test_a_list_costs_the_same_however_long(api, address, django_assert_num_queries):
    with django_assert_num_queries(QUERIES[address]):
        api.get(f"/api/v1/{address}/")


def test_the_description_is_whole():
    with GENERATOR_STATS.silence():
        GENERATOR_STATS.reset()
        schema = SchemaGenerator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS._error_cache
    assert not GENERATOR_STATS._warn_cache
    validate_schema(schema)
    assert schema["openapi"].startswith("3.1")
    assert len(schema["paths"]) == 16


def test_the_description_is_open_to_everybody():
    answer = Client().get("/api/v1/schema/", headers={"Accept": "application/json"})
    assert answer.status_code == 200


def test_the_readable_page_keeps_the_content_security_policy():
    page = Client().get("/api/v1/")
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert page.text.count("<script") == page.text.count("<script src=") == 3
