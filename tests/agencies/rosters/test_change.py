"""Changing, removing and approving shifts."""

from datetime import time

import pytest

from agencies.clock import local
from agencies.models import Shift
from agencies.rosters.change import ShiftGone, approve_shifts, change_shift, remove_shift
from agencies.rosters.queries import desk_hours
from agencies.rosters.shifts import Duty, ShiftNotAdded, add_shifts
from agencies.web.roles import NotForYourRole
from tests.factories.agencies import HostFactory, ManagerFactory, UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
LUNCH = (time(12), time(12, 45))


def test_a_shift_gets_other_hours_and_a_break(shift, worker, said):
    change_shift(shift=shift, duty=Duty(worker.resource, time(9), time(15), LUNCH, desk="4"), **said)
    now = Shift.objects.get()
    assert (local(now.starts_at).time(), local(now.ends_at).time(), now.desk) == (time(9), time(15), "4")
    assert local(now.breaks.get().starts_at).time() == time(12)


def test_a_refused_change_leaves_the_shift_as_it_was(shift, worker, said):
    with pytest.raises(ShiftNotAdded):
        change_shift(shift=shift, duty=Duty(worker.resource, time(7)), **said)
    assert Shift.objects.get().starts_at == shift.starts_at


def test_a_shift_that_somebody_has_removed_is_neither_changed_nor_removed_again(shift, worker, said):
    remove_shift(shift=Shift.objects.get(), **said)
    with pytest.raises(ShiftGone):
        remove_shift(shift=shift, **said)
    with pytest.raises(ShiftGone):
        change_shift(shift=shift, duty=Duty(worker.resource), **said)


@pytest.mark.parametrize("factory", [UserFactory, HostFactory, ManagerFactory])
def test_others_only_read(shift, factory):
    with pytest.raises(NotForYourRole):
        remove_shift(shift=shift, by=factory(), at=NOW)


def test_an_approved_draft_offers_time(day, worker, manager):
    drafts = add_shifts(site_day=day, duties=[Duty(worker.resource)], by=manager, at=NOW)
    assert approve_shifts(shifts=drafts, by=manager, at=NOW) == 1
    assert len(desk_hours([day], agencies=[worker.agency_id])) == 1
    assert approve_shifts(shifts=list(day.shifts.all()), by=manager, at=NOW) == 0


def test_a_manager_approves_no_drafts_of_another_agency(day, worker, manager):
    drafts = add_shifts(site_day=day, duties=[Duty(worker.resource)], by=manager, at=NOW)
    with pytest.raises(NotForYourRole):
        approve_shifts(shifts=drafts, by=ManagerFactory(agency="AF"), at=NOW)
