"""Interpreters put on shift from the day's page, and spares, whom the planner offers to nobody."""

from datetime import time

import pytest

from agencies.models import Shift
from agencies.rosters.held import ShiftIsBooked
from agencies.rosters.shifts import ShiftNotAdded
from agencies.rosters.who import SiteNotYours
from agencies.web.roles import NotForYourRole
from interpreters.models import Spare
from interpreters.pool.on_shift import NotInPool, put_on_shift, set_spare, use_spare
from interpreters.pool.queries import interpreter_hours
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_site
from tests.factories.interpreters import InterpreterFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(db):
    return open_days(FIRST, interpreters={"so": 1})[0]


@pytest.fixture
def coordinator(db):
    return CoordinatorFactory()


def offered(day):
    return [one.resource for one in interpreter_hours([day], language="ara")]


def test_an_interpreter_on_shift_is_offered_from_then_on(day, coordinator):
    tolk = InterpreterFactory(remote=True)
    shift = put_on_shift(
        interpreter=tolk, site_day=day, starts=time(9), ends=time(12), by=coordinator, at=NOW
    )
    assert (shift.state, shift.remote) == (Shift.State.APPROVED, True)
    assert offered(day) == [tolk.resource_id]
    with pytest.raises(ShiftNotAdded):
        put_on_shift(interpreter=tolk, site_day=day, by=coordinator, at=NOW)


def test_a_spare_is_offered_to_nobody_until_it_is_used(day, coordinator):
    tolk = InterpreterFactory(remote=True)
    shift = put_on_shift(interpreter=tolk, site_day=day, spare=True, by=coordinator, at=NOW)
    assert offered(day) == []
    use_spare(shift=shift, by=coordinator, at=NOW)
    assert offered(day) == [tolk.resource_id]
    set_spare(shift=shift, by=coordinator, at=NOW)
    set_spare(shift=shift, by=coordinator, at=NOW)
    assert offered(day) == []
    shift.delete()
    assert not Spare.objects.exists()


def test_a_day_is_booked_with_no_spare(day, coordinator, acting):
    put_on_shift(interpreter=InterpreterFactory(), site_day=day, spare=True, by=coordinator, at=NOW)
    by = UserFactory()
    with acting(by):
        assert book(register(by), by, last=FIRST).interpreter is None


def test_whoever_is_booked_stands_by_for_nobody(day, coordinator, acting):
    shift = put_on_shift(interpreter=InterpreterFactory(), site_day=day, by=coordinator, at=NOW)
    by = UserFactory()
    with acting(by):
        book(register(by), by, last=FIRST)
    with acting(coordinator), pytest.raises(ShiftIsBooked):
        set_spare(shift=shift, by=coordinator, at=NOW)


def test_only_the_sites_coordinator_and_only_from_its_pool(day, coordinator):
    tolk = InterpreterFactory()
    with pytest.raises(NotForYourRole):
        put_on_shift(interpreter=tolk, site_day=day, by=ManagerFactory(), at=NOW)
    with pytest.raises(SiteNotYours):
        put_on_shift(interpreter=tolk, site_day=day, by=CoordinatorFactory(sites=[the_site("malmo")]), at=NOW)
    elsewhere = InterpreterFactory(sites=[the_site("malmo")])
    with pytest.raises(NotInPool):
        put_on_shift(interpreter=elsewhere, site_day=day, by=coordinator, at=NOW)
