"""The OpenAPI document says what the API does, so that a generated client works."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

JSON = {"Accept": "application/vnd.oai.openapi+json"}
PAGED = {
    "shifts",
    "site-days",
    "chains",
    "parties",
    "visits",
    "sites",
    "municipalities",
    "agencies",
    "interpreter-orders",
    "tracks",
    "legal-bases",
    "chains/{reference}/answers",
    "chains/{reference}/consents",
    "dispatches",
    "day-reports",
    "figures/goals",
    "figures/results",
    "figures/series",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict[str, Any]:
    return Client().get("/api/v1/schema/", headers=JSON).json()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for address, methods in document["paths"].items():
        for method, operation in methods.items():
            yield address, method, operation


def content(operation: dict[str, Any], status: str) -> Any:
    """The schema of the answer with this status."""
    return next(iter(operation["responses"][status]["content"].values()))["schema"]


def nodes(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from nodes(inner)


def test_every_paged_list_names_limit_and_offset_and_no_other_address_does(document):
    paged = {
        address.removeprefix("/api/v1/").rstrip("/")
        for address, _, operation in operations(document)
        if {"limit", "offset"} <= {parameter["name"] for parameter in operation.get("parameters", [])}
    }
    assert paged == PAGED
    for address, method, operation in operations(document):
        if method == "get" and "application/json" in operation["responses"]["200"]["content"]:
            is_page = "Paginated" in content(operation, "200").get("$ref", "")
            assert is_page is (address.removeprefix("/api/v1/").rstrip("/") in PAGED)


def test_the_offset_is_bounded_in_the_document_as_it_is_by_the_api(document):
    parameters = document["paths"]["/api/v1/parties/"]["get"]["parameters"]
    (offset,) = (each["schema"] for each in parameters if each["name"] == "offset")
    assert offset == {"type": "integer", "minimum": 0, "maximum": 2**31 - 1, "default": 0}


def test_the_answers_of_consent_are_listed(document):
    schemas = document["components"]["schemas"]
    assert schemas["ConsentAnswer"]["enum"] == ["given", "refused", "withdrawn"]
    assert schemas["ConsentState"]["enum"] == ["given", "refused", "withdrawn", "ended"]
    assert "ConsentAnswer" in str(schemas["PaperConsentRequest"]["properties"]["answer"])
    assert "ConsentState" in str(schemas["AdultAnswer"]["properties"]["state"])


def test_consents_are_a_page_and_recording_one_gives_its_question(document):
    consents = document["paths"]["/api/v1/chains/{reference}/consents/"]
    assert content(consents["get"], "200") == {"$ref": "#/components/schemas/PaginatedQuestionList"}
    assert content(consents["post"], "200") == {"$ref": "#/components/schemas/Question"}


def test_what_may_be_null_is_a_type_and_the_old_word_stands_nowhere(document):
    assert [node for node in nodes(document) if "nullable" in node] == []
    assert document["components"]["schemas"]["PaginatedChainList"]["properties"]["next"]["type"] == [
        "string",
        "null",
    ]


def test_the_document_is_the_same_in_every_language():
    swedish, english = (
        Client().get("/api/v1/schema/", headers=JSON | {"Accept-Language": language}).content
        for language in ("sv", "en")
    )
    assert swedish == english


def test_it_names_its_server_and_sums_up_every_operation(document, settings):
    assert document["servers"] == [{"url": settings.BASE_URL}]
    assert [operation for *_, operation in operations(document) if not operation.get("summary")] == []


def test_codes_are_listed_where_they_are_asked_and_answered(document):
    schemas = document["components"]["schemas"]
    for name, field in (("CheckInRequest", "agency"), ("Meeting", "agency"), ("Step", "outcome")):
        assert field in schemas[name]["properties"]
    assert "LanguageEnum" in str(schemas["PartyRequest"]["properties"]["language"])


def test_an_agency_is_any_code_of_the_form_and_where_they_are_listed_is_told(document):
    schemas = document["components"]["schemas"]
    asked, wished = (
        schemas["Meeting"]["properties"]["agency"],
        schemas["TypedMemberRequest"]["properties"]["own_meetings"]["items"],
    )
    for field in (asked, wished, schemas["Track"]["properties"]["summoned_by"]):
        assert (field["type"], field["pattern"], "enum" in field) == ("string", "^[A-Z]{2,5}$", False)
        assert "/api/v1/agencies/" in field["description"]
    assert schemas["SingleHint"]["properties"]["agency"]["type"] == ["string", "null"]


def test_what_is_asked_of_a_text_is_in_the_request_alone(document):
    schemas = document["components"]["schemas"]
    assert schemas["BookingRequest"]["properties"]["party"]["minLength"] == 1
    assert "minLength" not in schemas["Chain"]["properties"]["reference"]


def test_the_sign_that_no_text_may_hold_is_forbidden_in_the_document_too(document):
    asked = document["paths"]["/api/v1/spoken-languages/"]["get"]["parameters"]
    (search,) = [parameter["schema"] for parameter in asked if parameter["name"] == "search"]
    for text in (search, document["components"]["schemas"]["PartyRequest"]["properties"]["phone"]):
        assert re.match(text["pattern"], "Karin\nOlle")
        assert not re.match(text["pattern"], "Karin\x00")
    assert "pattern" not in document["components"]["schemas"]["Chain"]["properties"]["reference"]


def test_a_problem_has_its_status_and_the_types_that_come_with_it(document):
    problem = document["components"]["schemas"]["Problem404"]["properties"]
    assert problem["status"] == {"type": "integer", "const": 404}
    assert problem["type"]["enum"] == ["/problems/not-found"]
    conflict = document["components"]["schemas"]["Conflict409"]["properties"]
    assert {"/problems/slot-taken", "/problems/already-booked"} <= set(conflict["type"]["enum"])


def test_every_operation_tells_what_may_be_answered_anywhere(document):
    for *_, operation in operations(document):
        assert {"401", "406", "429", "503"} <= set(operation["responses"])
