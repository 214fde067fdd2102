"""Parties that came to Norrköping and Malmö in the autumn of 2026, and day reports that are summed up."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from agencies.models import Site
from bookings.models import Chain
from motesplats.followup.refresh import refresh
from tests.factories.agencies import CoordinatorFactory, SiteDayFactory, UserFactory, main_place, the_site
from tests.factories.bookings import FAMILY_OF_FOUR, ChainFactory, MeetingFactory, PartyFactory
from tests.factories.followup import typed_report

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


@pytest.fixture
def reported(db, acting) -> Callable[..., None]:
    """A locked report of the site with this code, summed up."""

    def reported(code: str, day: date, **fields) -> None:
        site = the_site(code)
        by = CoordinatorFactory(sites=[site])
        with acting(by):
            typed_report(site, day, by, **fields)
        refresh(site=site.pk, month=day.replace(day=1), at=timezone.now())

    return reported


def _one(caseworker, site_day, *, held: bool, **party) -> Chain:
    party = {"members": FAMILY_OF_FOUR} | party
    chain = ChainFactory(party=PartyFactory(registered_by=caseworker, **party), site_day=site_day)
    MeetingFactory(chain=chain, checked_in_at=site_day.opens_at if held else None)
    return chain


def call_off(chain: Chain) -> None:
    chain.state, chain.cancelled_at, chain.cancel_reason = "cancelled", chain.booked_at, "Illness"
    chain.save()
