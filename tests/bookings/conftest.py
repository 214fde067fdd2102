"""Norrköping with open days; a caseworker at the API and in the browser; a family of four as typed."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from agencies.models import User
from bookings.chains.book import book_chain
from bookings.models import Chain, Track
from bookings.parties.queries import profile_of
from bookings.proposals.propose import propose as propose_days
from tests.bookings.api_steps import DESKS, FIRST, HADDAD, SECOND, THIRD, as_typed
from tests.browser import browser_of
from tests.factories.agencies import UserFactory, the_site
from tests.factories.bookings import PartyFactory
from tests.factories.interpreters import open_days as open_days_of
from tests.signing_in import key_of


@pytest.fixture(autouse=True)
def _clock(clock) -> None:
    """Every test of this app has its clock stand still."""


@pytest.fixture
def caseworker(db) -> User:
    return UserFactory()


@pytest.fixture
def open_days(norrkoping) -> None:
    open_days_of(norrkoping, (FIRST, SECOND, THIRD), desks=DESKS, interpreters={"ar": 1})


@pytest.fixture
def signed_in(db) -> Callable[[User], APIClient]:
    """A client that sends the user's token, in English."""

    def sign_in(user: User) -> APIClient:
        key = key_of(user)
        client = APIClient(headers={"Accept-Language": "en"})
        client.credentials(HTTP_AUTHORIZATION=f"Token {key}")
        return client

    return sign_in


@pytest.fixture
def api(signed_in, caseworker) -> APIClient:
    return signed_in(caseworker)


@pytest.fixture
def foreign_api(signed_in) -> APIClient:
    """A caseworker of the Pensions Agency, whom a family in track 1 does not meet."""
    return signed_in(UserFactory(agency="PM"))


@pytest.fixture
def register(api) -> Callable[..., str]:
    """Register the family over the API, changed as told, and give its reference."""
    return lambda **changes: api.post("/api/v1/parties/", HADDAD | changes).json()["reference"]


@pytest.fixture
def ask(api) -> Callable[..., Any]:
    """Ask the API for the party's proposals in December, changed as told."""

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
def post_chain(api) -> Callable[[str, str], Any]:
    """Book a proposal over the API."""
    return lambda party, proposal: api.post("/api/v1/chains/", {"party": party, "proposal": proposal})


@pytest.fixture
def booked(register, propose, post_chain, open_days) -> dict[str, Any]:
    """The family's chain, as the API tells it."""
    party = register()
    return post_chain(party, propose(party)[0]["id"]).json()


@pytest.fixture
def browser(caseworker) -> Client:
    return browser_of(caseworker)


@pytest.fixture
def family() -> dict[str, Any]:
    """The page of a new party as the caseworker has filled it in."""
    return {
        "given_name": ["Layla", "Omar", "Sami", "Noor"],
        "family_name": ["Haddad"] * 4,
        "birth_date": ["1992-05-17", "1989-11-02", "2015-03-28", "2020-08-09"],
        "sex": ["F", "M", "M", "F"],
        "language": "ar",
        "municipality": "0581",
        "legal_basis": "UTL-5-1",
        "address": "Syrengränd 4, 602 00 Norrköping",
        "stops": ["SKV", "FK", "AF", "KOM"],
        "by_rule": ["MIG", "SKV", "FK", "AF", "KOM"],
        "site": str(the_site().pk),
        "track": str(Track.objects.get(number=1).pk),
        "first": "2026-12-01",
        "to": "2026-12-20",
        "registration": str(uuid4()),
        "do": "propose",
    }


@pytest.fixture
def book(acting, caseworker, open_days) -> Callable[..., Chain]:
    """Book a party of the caseworker's agency by the verbs."""

    def booked(*, by: User = caseworker) -> Chain:
        assert by.agency
        with acting(by):
            party = PartyFactory(registered_by=by)
            answer = propose_days(
                profile=profile_of(party),
                site=the_site(),
                track=Track.objects.get(summoned_by=by.agency.code),
                first=FIRST,
                last=THIRD,
                at=timezone.now(),
            )
            proposal = answer.options[0].proposal.sign()
            return book_chain(party=party, proposal=proposal, by=by, at=timezone.now())

    return booked
