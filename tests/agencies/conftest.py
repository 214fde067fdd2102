"""What is booked, told by a test instead of by the app that books."""

from datetime import timedelta

import pytest

from agencies.rosters.held import Held, Period, register
from bookings.availability.booked import held_in, names_in


@pytest.fixture
def hold():
    """Let meetings hold a resource for the hour that begins then."""
    held: list[Held] = []

    def told(keys, period: Period) -> list[Held]:
        first, last = period
        return [one for one in held if one.resource in keys and one.starts_at < last and one.ends_at > first]

    register(told, lambda keys, period: [])
    yield lambda resource, at: held.append(Held(resource, at, at + timedelta(hours=1)))
    register(held_in, names_in)
