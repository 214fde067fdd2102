"""A newcomer's link."""

import pytest

from bookings.models import Link
from tests.bookings.newcomer.link_steps import issue_first_link


@pytest.fixture
def link(caseworker, acting) -> Link:
    with acting(caseworker):
        return issue_first_link(caseworker)
