"""A few pages, drawn by lot, have no barrier; `script/drill pages` looks at every page of every role."""

from itertools import islice
from random import Random

import pytest
from django.test import Client

from agencies.models import User
from bookings.models import Chain
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    SecretariatFactory,
    UserFactory,
)
from tests.journeys.every_page import addresses_of, barriers, pages
from tests.journeys.test_newcomer import chain, letter
from tests.signing_in import connect_app, sign_in

__all__ = ["chain", "letter"]
AT_RANDOM = 4


@pytest.fixture
def readers(caseworker: User, chain: Chain, letter: dict[str, str]) -> dict[str, Client]:
    """One of each role, signed in; and the newcomer with each script, who has typed the code."""
    colleagues = {
        "met": UserFactory(agency="AF"),
        "coordinator": CoordinatorFactory(),
        "manager": ManagerFactory(),
        "host": HostFactory(),
        "secretariat": SecretariatFactory(),
    }
    staff = {"caseworker": caseworker} | {role: connect_app(user) for role, user in colleagues.items()}
    found = {role: sign_in(Client(headers={"accept-language": "sv"}), user) for role, user in staff.items()}
    for language in ("sv", "ar", "ti"):
        newcomer = Client(headers={"accept-language": language})
        newcomer.post(letter["day"], {"language": language, "k": letter["code"]})
        found[f"newcomer in {language}"] = newcomer
    return {"nobody": Client(headers={"accept-language": "sv"})} | found


@pytest.fixture
def known(chain: Chain, letter: dict[str, str]) -> dict[str, list[str]]:
    """What stands in addresses."""
    day = chain.site_day.date
    year, week, _weekday = day.isocalendar()
    return {
        "reference": [chain.reference, chain.party.reference],
        "token": [letter["day"].rpartition("/")[2]],
        "typed": [letter["typed"]],
        "adult": ["1"],
        "site": ["norrkoping"],
        "track": ["1"],
        "username": ["karin"],
        "key": ["bank"],
        "municipality": ["0581"],
        "agency": ["AF"],
        "document": ["passport"],
        "code": ["AF", "permits"],
        "day": [str(day)],
        "monday": [f"{year}-W{week:02}"],
    }


def test_pages_drawn_by_lot_have_no_barrier(walk, readers, known):
    asked = [(role, address) for role in readers for address in addresses_of(role, known)]
    found = list(islice(pages(Random(9).sample(asked, len(asked)), readers), AT_RANDOM))
    with walk(1280, "sv") as page:
        page.goto("/")
        for opened in found:
            assert list(barriers(page, opened)) == []
