"""The factories make what they say: an open day has its people, and the same people come again."""

from datetime import date, time

import pytest

from agencies.clock import local
from agencies.models import Role, Room, Shift, User
from interpreters.models import Interpreter
from tests.factories.agencies import CoordinatorFactory, RoomFactory, UserFactory
from tests.factories.interpreters import open_day

pytestmark = pytest.mark.django_db


def test_an_open_day_has_desks_and_interpreters_in_wall_clock_hours(norrkoping):
    day = open_day(norrkoping, date(2027, 4, 6), desks={"MIG": 2, "KOM": 1}, interpreters={"ar": 1})
    assert (local(day.opens_at).time(), local(day.closes_at).time()) == (time(8, 30), time(16))
    assert day.shifts.count() == 4
    pause = day.shifts.earliest("pk").breaks.get()
    assert (local(pause.starts_at).time(), local(pause.ends_at).time()) == (time(12), time(12, 45))


def test_the_same_people_come_again_on_another_day(norrkoping):
    for day in (date(2027, 4, 6), date(2027, 4, 7)):
        open_day(norrkoping, day, desks={"SKV": 2}, interpreters={"ti": 1, "so": 1})
    assert User.objects.filter(role=Role.CASEWORKER).count() == 2
    assert Interpreter.objects.count() == 2
    assert Shift.objects.count() == 8


def test_a_municipal_desk_is_the_host_municipalitys(norrkoping):
    open_day(norrkoping, date(2027, 4, 6), desks={"KOM": 1})
    assert User.objects.values_list("agency__code", "agency__municipality__code").get() == ("KOM", "0581")


def test_only_caseworkers_have_a_desk():
    owners: list[User | Room] = [UserFactory(), CoordinatorFactory(), RoomFactory()]
    assert [owner.resource and owner.resource.kind for owner in owners] == ["desk", None, "room"]
