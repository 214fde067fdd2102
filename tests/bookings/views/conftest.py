"""Norrköping with open days, a caseworker in the browser, and a family of four as typed."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from agencies.models import User
from bookings.booking import book_chain
from bookings.models import Chain, Track
from bookings.parties import profile_of
from bookings.proposing import propose
from tests.factories.agencies import UserFactory, the_site
from tests.factories.bookings import PartyFactory
from tests.factories.interpreters import open_day
from tests.signing_in import sign_in

DAYS = (date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 10))
DESKS = dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM", "PM"), 1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """A Monday a fortnight before the open days."""
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def open_days(norrkoping) -> None:
    for day in DAYS:
        open_day(norrkoping, day, desks=DESKS, interpreters={"ar": 1})


@pytest.fixture
def caseworker(db) -> User:
    return UserFactory()


@pytest.fixture
def browser(caseworker) -> Client:
    return browser_of(caseworker)


@pytest.fixture
def family() -> dict[str, Any]:
    """The page as the caseworker has filled it in."""
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
        with acting(by):
            party = PartyFactory(registered_by=by)
            answer = propose(
                profile=profile_of(party),
                site=the_site(),
                track=Track.objects.get(summoned_by=by.agency.code),
                first=DAYS[0],
                last=DAYS[-1],
                at=timezone.now(),
            )
            note = answer.options[0].proposal.sign()
            return book_chain(party=party, proposal=note, by=by, at=timezone.now())

    return booked


def browser_of(user: User) -> Client:
    """A browser of the user's, in English."""
    return sign_in(Client(headers={"accept-language": "en"}), user)


def notes_in(response: HttpResponse) -> list[str]:
    """The proposals on the page."""
    return re.findall(r'name="proposal"\s+value="([^"]+)"', response.text)


def words_of(response: HttpResponse) -> str:
    """The page's text without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.text)).split())
