"""A newcomer's link, and a phone that has opened nothing yet."""

import pytest
from django.test import Client

from bookings.models import Link
from tests.bookings.newcomer.link_steps import issue_first_link


@pytest.fixture
def link(caseworker, acting) -> Link:
    with acting(caseworker):
        return issue_first_link(caseworker)


@pytest.fixture
def phone() -> Client:
    """A browser without session or cookies, for which Django checks CSRF as in production."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _nothing_counted_yet(fresh_cache) -> None:
    """No network address has tried anything."""
