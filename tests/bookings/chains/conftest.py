"""A caseworker, and a family's day that this caseworker has booked."""

import pytest

from agencies.models import User
from bookings.models import Chain
from tests.bookings.booking_steps import FIRST, SECOND, book, open_days, register
from tests.factories.agencies import UserFactory


@pytest.fixture
def by() -> User:
    return UserFactory()


@pytest.fixture
def chain(by, acting) -> Chain:
    """On the first of two open days, so that it can be moved to the second."""
    open_days(FIRST, SECOND)
    with acting(by):
        return book(register(by), by, last=FIRST)
