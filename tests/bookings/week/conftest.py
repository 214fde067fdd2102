"""A booked Tuesday at Norrköping, who edits its roster, and the desk of FK that is booked."""

from datetime import time

import pytest

from agencies.clock import at_wall_clock
from agencies.models import Shift, User
from agencies.rosters.absences import report_absence
from bookings.models import Meeting
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_site
from tests.moment import NOW


@pytest.fixture
def chain(book):
    return book()


@pytest.fixture
def coordinator(db) -> User:
    return CoordinatorFactory(username="samordnare")


@pytest.fixture
def manager(db) -> User:
    return ManagerFactory(agency="FK", username="chef")


@pytest.fixture
def booked(chain, acting) -> Shift:
    """The shift at FK against which the family's meeting is booked."""
    with acting(chain.booked_by):
        meeting = Meeting.objects.get(chain=chain, agency__code="FK")
        return Shift.objects.get(
            resource=meeting.caseworker.resource_id, site_day=chain.site_day, starts_at__lte=meeting.starts_at
        )


@pytest.fixture
def worker(booked) -> User:
    return booked.resource.caseworker


@pytest.fixture
def colleague(booked) -> User:
    """Somebody else of FK, who is not on shift."""
    return UserFactory(agency="FK", username="fk.berit", first_name="Berit", last_name="Ek")


@pytest.fixture
def ill(booked, coordinator):
    """The desk of FK is ill that day."""
    return report_absence(
        resource=booked.resource,
        site=the_site(),
        starts_at=at_wall_clock(booked.site_day.date, time()),
        ends_at=at_wall_clock(booked.site_day.date, time(23)),
        kind="ill",
        by=coordinator,
        at=NOW,
    )
