"""Who sees Norrköping's capacity, what is said of December, and families on a day."""

from datetime import date
from types import SimpleNamespace

import pytest

from agencies.models import Municipality, SiteDay, User
from agencies.rosters.shifts import open_day
from bookings.capacity.expect import Numbers, expect
from bookings.models import Chain
from tests.factories.agencies import (
    CoordinatorFactory,
    ManagerFactory,
    SecretariatFactory,
    main_place,
    the_site,
)
from tests.factories.bookings import ChainFactory, PartyFactory
from tests.moment import NOW

DECEMBER = date(2026, 12, 1)
HOME, FINSPANG = "0581", "0562"


def home(code: str = HOME) -> Municipality:
    return Municipality.objects.get(code=code)


def numbers(code: str = HOME, month: date = DECEMBER, span=(30, 40, 50), source: str = "") -> Numbers:
    lowest, likely, highest = span
    return Numbers(home(code), month, lowest, likely, highest, source)


@pytest.fixture
def coordinator(db) -> User:
    return CoordinatorFactory()


@pytest.fixture
def people(coordinator) -> SimpleNamespace:
    """Who sees the page."""
    return SimpleNamespace(
        coordinator=coordinator, manager=ManagerFactory(agency="FK"), secretariat=SecretariatFactory()
    )


@pytest.fixture
def said(coordinator):
    """Say what is expected, by default of Norrköping in December."""

    def say(*given: Numbers, at=NOW) -> int:
        return expect(site=the_site(), numbers=list(given) or [numbers()], by=coordinator, at=at)

    return say


@pytest.fixture
def opened(db):
    """Open Norrköping on a date."""
    return lambda day: (
        SiteDay.objects.filter(location=main_place(the_site()), date=day).first()
        or open_day(location=main_place(the_site()), day=day)
    )


@pytest.fixture
def families(caseworker, acting):
    """Book so many families without meetings on the day; of each whether its identity is protected."""

    def book(day: SiteDay, number: int, **party) -> list[Chain]:
        with acting(caseworker):
            return [
                ChainFactory(party=PartyFactory(registered_by=caseworker, **party), site_day=day)
                for _ in range(number)
            ]

    return book
