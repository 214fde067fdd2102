"""A booked day at Norrköping with a host and a coordinator who receive the family."""

import pytest
from django.utils import timezone

from agencies.models import Role
from bookings.models import MeetingOnBoard
from tests.factories.agencies import HostFactory, UserFactory


@pytest.fixture
def chain(book):
    return book()


@pytest.fixture
def host(db):
    return HostFactory()


@pytest.fixture
def coordinator(db):
    return UserFactory(agency=None, role=Role.COORDINATOR)


@pytest.fixture
def opens(chain, clock):
    """The morning of the day, twenty minutes before it begins."""
    clock.move_to(f"{chain.site_day.date}T08:10:00+01:00")
    return timezone.now()


@pytest.fixture
def keys(chain, host, acting):
    """The keys of the meetings on the board, in time order."""
    with acting(host):
        return list(MeetingOnBoard.objects.order_by("ends_at").values_list("meeting", flat=True))
