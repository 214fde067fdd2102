"""Parties that came to Norrköping and Malmö in the autumn of 2026."""

from collections.abc import Callable
from datetime import date

import pytest

from agencies.models import Site
from bookings.models import Chain
from tests.factories.agencies import SiteDayFactory, UserFactory, main_place
from tests.factories.bookings import FAMILY_OF_FOUR, ChainFactory, MeetingFactory, PartyFactory

OCTOBER, NOVEMBER = date(2026, 10, 6), date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _clock(clock) -> None:
    """Every test of the figures has its clock stand still."""


@pytest.fixture
def come(db, acting) -> Callable[..., list[Chain]]:
    """So many parties of four come to the site on the day, each to one meeting."""
    caseworker = UserFactory()

    def come(site: Site, day: date, number: int, *, held: bool = True, **party) -> list[Chain]:
        with acting(caseworker):
            site_day = SiteDayFactory(location=main_place(site), date=day)
            return [_one(caseworker, site_day, held=held, **party) for _ in range(number)]

    return come


def _one(caseworker, site_day, *, held: bool, **party) -> Chain:
    party = {"members": FAMILY_OF_FOUR} | party
    chain = ChainFactory(party=PartyFactory(registered_by=caseworker, **party), site_day=site_day)
    MeetingFactory(chain=chain, checked_in_at=site_day.opens_at if held else None)
    return chain


def call_off(chain: Chain) -> None:
    chain.state, chain.cancelled_at, chain.cancel_reason = "cancelled", chain.booked_at, "Illness"
    chain.save()
