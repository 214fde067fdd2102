"""Book, move, cancel and check in through the API."""

import pytest

from tests.bookings.api.conftest import HADDAD

pytestmark = pytest.mark.django_db


def test_a_family_is_booked_in_three_requests(api, open_days):
    registered = api.post("/api/v1/parties/", HADDAD)
    assert registered.status_code == 201, registered.content
    party = registered.json()["reference"]
    found = api.post(
        "/api/v1/proposals/",
        {
            "party": party,
            "site": "norrkoping",
            "track": 1,
            "from": "2026-12-01",
            "to": "2026-12-18",
            "limit": 3,
        },
    )
    assert found.status_code == 200, found.content
    proposals = found.json()["proposals"]
    assert len(proposals) == 3
    booked = api.post("/api/v1/chains/", {"party": party, "proposal": proposals[0]["id"]})
    assert booked.status_code == 201, booked.content
