"""A day that is open at Norrköping, who edits its roster, and somebody of FK on shift."""

from datetime import date

import pytest

from agencies.models import Resource, Shift, SiteDay, User
from agencies.rosters.shifts import Duty, add_shifts, open_day
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, main_place
from tests.moment import NOW

TUESDAY = date(2026, 12, 8)


@pytest.fixture
def day(norrkoping) -> SiteDay:
    return open_day(location=main_place(norrkoping), day=TUESDAY)


@pytest.fixture
def coordinator(norrkoping) -> User:
    return CoordinatorFactory()


@pytest.fixture
def manager(norrkoping) -> User:
    return ManagerFactory(agency="FK")


@pytest.fixture
def worker(norrkoping) -> User:
    return UserFactory(agency="FK", username="fk.anna")


@pytest.fixture
def shift(day, worker) -> Shift:
    assert worker.resource
    return add_shifts(site_day=day, duties=[Duty(worker.resource)])[0]


@pytest.fixture
def said(coordinator) -> dict:
    """Who does it, and when."""
    return {"by": coordinator, "at": NOW}


def desk_of(user: User) -> Resource:
    assert user.resource
    return user.resource
