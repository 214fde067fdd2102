"""Copying a week."""

from datetime import date

import pytest

from agencies.models import Shift
from agencies.rosters.shifts import Duty, add_shifts, open_day
from agencies.rosters.weeks import NotAMonday, copy_week
from tests.agencies.rosters.conftest import desk_of
from tests.factories.agencies import UserFactory

pytestmark = pytest.mark.django_db
MONDAY, NEXT = date(2026, 12, 7), date(2026, 12, 14)


def test_a_week_is_copied_and_who_works_then_already_is_told(shift, worker, said):
    target = open_day(location=shift.site_day.location, day=date(2026, 12, 15))
    other = UserFactory(agency="FK")
    add_shifts(site_day=shift.site_day, duties=[Duty(desk_of(other))])
    add_shifts(site_day=target, duties=[Duty(desk_of(other))])
    (copied,) = copy_week(location=target.location, monday=MONDAY, to=NEXT, **said)
    assert (copied.added, len(copied.conflicts)) == (1, 1)
    assert str(other) in copied.conflicts[0]
    assert set(target.shifts.values_list("resource", flat=True)) == {worker.resource_id, other.resource_id}


def test_a_day_that_is_not_open_is_told_and_nothing_is_copied_to_it(shift, said):
    (copied,) = copy_week(location=shift.site_day.location, monday=MONDAY, to=NEXT, **said)
    assert "2026-12-15" in copied.conflicts[0]
    assert Shift.objects.count() == 1


def test_a_week_begins_on_a_monday(shift, said):
    with pytest.raises(NotAMonday):
        copy_week(location=shift.site_day.location, monday=MONDAY, to=date(2026, 12, 15), **said)
