"""Norrköping with two open days, a caseworker with a token, and a family of four."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from agencies.models import User
from tests.factories.agencies import UserFactory
from tests.factories.interpreters import open_day

NOW = "2026-11-23T09:00:00+01:00"
FIRST, SECOND = date(2026, 12, 8), date(2026, 12, 9)
DESKS = {"MIG": 1, "SKV": 1, "FK": 1, "AF": 1, "KOM": 1, "PM": 1}
HADDAD = {
    "language": "ar",
    "municipality": "0581",
    "legal_basis": "UTL-5-1",
    "phone": "070-174 06 05",
    "email": "layla@example.se",
    "address": "Syrengränd 4, 602 00 Norrköping",
    "housing": "ABO Syrengränd",
    "members": [
        {"given_name": "Layla", "family_name": "Haddad", "birth_date": "1992-05-17", "sex": "F"},
        {"given_name": "Omar", "family_name": "Haddad", "birth_date": "1989-11-02", "sex": "M"},
        {"given_name": "Sami", "family_name": "Haddad", "birth_date": "2015-03-28", "sex": None},
        {"given_name": "Noor", "family_name": "Haddad", "birth_date": "2020-08-09", "sex": "F"},
    ],
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday a fortnight before the open days."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(db) -> Callable[[User], APIClient]:
    """A client that sends the user's token, in English."""

    def sign_in(user: User) -> APIClient:
        key = Token.objects.get_or_create(user=user)[0].key
        client = APIClient(headers={"Accept-Language": "en"})
        client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
        return client

    return sign_in


@pytest.fixture
def caseworker(db) -> User:
    return UserFactory()


@pytest.fixture
def api(signed_in, caseworker) -> APIClient:
    return signed_in(caseworker)


@pytest.fixture
def foreign_api(signed_in) -> APIClient:
    """A caseworker of the Pensions Agency, whom a family in track 1 does not meet."""
    return signed_in(UserFactory(agency="PM"))


@pytest.fixture
def open_days(norrkoping) -> None:
    for day in (FIRST, SECOND):
        open_day(norrkoping, day, desks=DESKS, interpreters={"ar": 1})


@pytest.fixture
def register(api) -> Callable[..., str]:
    """Register the family, changed as told, and give its reference."""
    return lambda **changes: api.post("/api/v1/parties/", HADDAD | changes).json()["reference"]


@pytest.fixture
def ask(api) -> Callable[..., Any]:
    """Ask for the party's proposals in December, changed as told."""

    def ask(party: str, /, **changes: Any) -> Any:
        question = {
            "party": party,
            "site": "norrkoping",
            "track": 1,
            "from": "2026-12-01",
            "to": "2026-12-18",
        }
        return api.post("/api/v1/proposals/", **as_typed(question | changes))

    return ask


@pytest.fixture
def propose(ask) -> Callable[..., list[dict[str, Any]]]:
    return lambda party, **changes: ask(party, **changes).json()["proposals"]


@pytest.fixture
def book(api) -> Callable[[str, str], Any]:
    return lambda party, proposal: api.post("/api/v1/chains/", {"party": party, "proposal": proposal})


@pytest.fixture
def booked(register, propose, book, open_days) -> dict[str, Any]:
    """The family's chain."""
    party = register()
    return book(party, propose(party)[0]["id"]).json()


def as_typed(body: object) -> dict[str, Any]:
    """The body as bytes, for what the test client would not write."""
    return {"data": json.dumps(body), "content_type": "application/json"}
