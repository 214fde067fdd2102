"""Lists come in pages; what is no page is told."""

import pytest

pytestmark = pytest.mark.django_db


def test_the_second_page_goes_on_where_the_first_ended(api):
    first = api.get("/api/v1/municipalities/?limit=200").json()
    second = api.get("/api/v1/municipalities/?limit=200&offset=200").json()
    assert (first["count"], len(first["results"]), len(second["results"])) == (290, 200, 90)
    assert "offset=200" in first["next"]
    codes = [row["code"] for row in first["results"] + second["results"]]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("limit=", "limit"),
        ("offset=", "offset"),
        ("offset=-1", "offset"),
        ("offset=1e3", "offset"),
        ("offset=99999999999999999999", "offset"),
    ],
)
def test_a_page_that_cannot_be_is_told_at_its_field(api, query, field):
    answer = api.get(f"/api/v1/sites/?{query}")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert answer.json()["violations"][0]["pointer"] == f"#/{field}"


@pytest.mark.parametrize(
    ("address", "field"), [("visits/?date=", "date"), ("chains/ABC-DEF/summons.pdf?adult=", "adult")]
)
def test_a_filter_without_a_value_is_told_at_its_field(api, address, field):
    answer = api.get(f"/api/v1/{address}")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
