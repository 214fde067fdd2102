"""A day at Norrköping in a fortnight, its coordinator, and two agreements ranked first and second."""

from datetime import date, timedelta

import pytest

from agencies.models import SiteDay, User
from interpreters.models import Agreement, Form
from interpreters.orders.wish import Wish
from tests.factories.agencies import CoordinatorFactory, SiteDayFactory
from tests.factories.interpreters import AgreementFactory

DAY = date(2026, 12, 8)


@pytest.fixture(autouse=True)
def _clock(clock) -> None:
    """Every test here has its clock stand still."""


@pytest.fixture
def coordinator(db) -> User:
    return CoordinatorFactory()


@pytest.fixture
def site_day(db) -> SiteDay:
    return SiteDayFactory(date=DAY)


@pytest.fixture
def first(db) -> Agreement:
    return AgreementFactory()


@pytest.fixture
def second(db) -> Agreement:
    return AgreementFactory(rank=2)


@pytest.fixture
def wish(site_day) -> Wish:
    """Arabic on site for the day's first two hours."""
    starts_at = site_day.opens_at
    return Wish(
        site_day=site_day,
        language="ara",
        form=Form.SITE,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )
