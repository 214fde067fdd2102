"""What the tests of the API send: a family of four, and its days at Norrköping."""

import json
from datetime import date
from typing import Any

FIRST, SECOND, THIRD = date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 10)
CHAINS = "/api/v1/chains/"
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 1)
HADDAD: dict[str, Any] = {
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


def as_typed(body: object) -> dict[str, str]:
    """The body as JSON text, for values that the test client cannot encode."""
    return {"data": json.dumps(body), "content_type": "application/json"}


def at(chain: dict[str, Any], verb: str = "") -> str:
    """The address of a chain in the API, or of one of its verbs."""
    return f"{CHAINS}{chain['reference']}/{verb}"
