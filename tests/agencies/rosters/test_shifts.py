"""Opening a location's days and putting people on shift."""

import re
from datetime import date, time, timedelta

import pytest

from agencies.clock import at_wall_clock
from agencies.models import Break, Resource, Role, Shift, SiteDay
from agencies.rosters.queries import desk_hours
from agencies.rosters.shifts import (
    FARTHEST,
    DayNotOpened,
    Duty,
    OpenAlready,
    ShiftNotAdded,
    ShortNotice,
    add_shifts,
    open_day,
)
from agencies.rosters.who import SiteNotYours
from agencies.sites.rooms import add_room
from agencies.staff.manage import create_user
from agencies.web.roles import NotForYourRole
from interpreters.models import Level
from interpreters.pool.add import add_interpreter
from tests.agencies.rosters.conftest import TUESDAY, desk_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    ManagerFactory,
    ResourceFactory,
    UserFactory,
    main_place,
    the_agency,
    the_site,
)
from tests.moment import NOW

pytestmark = pytest.mark.django_db
LUNCH = (time(12), time(12, 45))


def test_a_day_is_open_in_office_hours(day):
    assert (day.opens_at, day.closes_at) == (
        at_wall_clock(TUESDAY, time(8, 30)),
        at_wall_clock(TUESDAY, time(16)),
    )


@pytest.mark.parametrize(
    ("holiday", "name"),
    [
        (date(2026, 12, 24), "Julafton"),
        (date(2026, 12, 25), "Juldagen"),
        (date(2027, 1, 6), "Trettondedag jul"),
    ],
)
def test_a_public_holiday_cannot_be_opened(norrkoping, holiday, name):
    with pytest.raises(DayNotOpened, match=name):
        open_day(location=main_place(norrkoping), day=holiday)


def test_a_day_cannot_be_opened_twice(day):
    with pytest.raises(OpenAlready):
        open_day(location=day.location, day=TUESDAY)
    assert SiteDay.objects.count() == 1


def test_a_day_is_opened_again_once(day, said):
    SiteDay.objects.update(closed_at=NOW)
    assert open_day(location=day.location, day=TUESDAY, closes=time(15), **said).closed_at is None
    with pytest.raises(OpenAlready):
        open_day(location=day.location, day=TUESDAY, **said)
    assert SiteDay.objects.get().closes_at == at_wall_clock(TUESDAY, time(15))


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        (time(16), time(8), "closes"),
        (time(8), time(8), "closes"),
        (time(8, 30, 29), time(16), "opens"),
        (time(8), time(23, 59, 59, 999999), "closes"),
    ],
)
def test_a_day_opens_before_it_closes_and_in_whole_minutes(norrkoping, opens, closes, field):
    with pytest.raises(DayNotOpened) as refused:
        open_day(location=main_place(norrkoping), day=TUESDAY, opens=opens, closes=closes)
    assert set(refused.value.errors) == {field}


def test_a_day_is_opened_two_years_ahead_and_no_farther(norrkoping, said):
    place, last = main_place(norrkoping), NOW.date() + FARTHEST
    assert open_day(location=place, day=last, **said).notice_days == FARTHEST.days
    for day in (last + timedelta(days=1), date(2031, 12, 8), date.max):
        with pytest.raises(DayNotOpened) as refused:
            open_day(location=place, day=day, **said)
        assert set(refused.value.errors) == {"date"}


def test_a_shift_is_the_whole_day_with_its_lunch(day):
    (shift,) = add_shifts(site_day=day, duties=[Duty(ResourceFactory.create(), lunch=LUNCH, desk="1")])
    assert (shift.starts_at, shift.ends_at, shift.desk) == (day.opens_at, day.closes_at, "1")
    lunch = shift.breaks.get()
    assert (lunch.starts_at, lunch.ends_at) == tuple(at_wall_clock(TUESDAY, clock) for clock in LUNCH)


@pytest.mark.parametrize(
    "hours",
    [
        {"starts": time(7)},
        {"ends": time(17)},
        {"starts": time(12), "ends": time(9)},
        {"ends": time(12), "lunch": LUNCH},
        {"lunch": LUNCH[::-1]},
    ],
)
def test_shifts_and_breaks_lie_within_the_day(day, hours):
    with pytest.raises(ShiftNotAdded):
        add_shifts(site_day=day, duties=[Duty(ResourceFactory.create(), **hours)])


def test_no_shift_is_added_if_one_overlaps_another_of_the_same_resource(day):
    busy, free = ResourceFactory.create(), ResourceFactory.create()
    add_shifts(site_day=day, duties=[Duty(busy, ends=time(12))])
    with pytest.raises(ShiftNotAdded):
        add_shifts(site_day=day, duties=[Duty(free, lunch=LUNCH), Duty(busy, starts=time(11))])
    assert Shift.objects.count() == 1
    assert not Break.objects.exists()
    assert add_shifts(site_day=day, duties=[Duty(busy, starts=time(12))])


def test_a_caseworker_has_a_desk_and_a_host_has_none(db):
    site = the_site()
    caseworker = create_user(
        username="anna", name=("Anna", "Ek"), role=Role.CASEWORKER, agency=the_agency("MIG"), sites=[site]
    )
    host = create_user(
        username="bo", name=("Bo", "Ek"), role=Role.HOST, sites=[site], password="a long password"
    )
    assert caseworker.resource is not None
    assert caseworker.resource is not None
    assert caseworker.resource.kind == Resource.Kind.DESK
    assert not caseworker.has_usable_password()
    assert host.resource is None
    assert host.check_password("a long password")
    assert list(host.sites.all()) == [site]


def test_rooms_and_interpreters_have_a_resource_of_their_kind(norrkoping):
    room = add_room(location=main_place(norrkoping), name="Rum 1", step_free=False)
    assert room.resource is not None
    assert room.resource is not None
    assert (room.resource.kind, room.step_free) == (Resource.Kind.ROOM, False)
    interpreter = add_interpreter(
        name="Test Tolk", levels={"ar": Level.RT, "so": Level.OT}, sites=[norrkoping], remote=True
    )
    assert interpreter.resource.kind == Resource.Kind.INTERPRETER
    assert re.fullmatch("T-[34679CDFHJKMNPQRTVWXY]{4}", interpreter.resource.reference)
    assert {mastery.language: mastery.level for mastery in interpreter.masteries.all()} == {
        "ara": "RT",
        "som": "ÖT",
    }


def test_a_day_that_is_near_is_opened_only_if_that_is_meant_and_says_how_near_it_was(norrkoping, said):
    near = {"location": main_place(norrkoping), "day": date(2026, 11, 26)} | said
    with pytest.raises(ShortNotice, match="3"):
        open_day(**near)
    assert open_day(**near, short_notice=True).notice_days == 3
    assert open_day(**near | {"day": TUESDAY}).opened_by == said["by"]


def test_a_day_that_has_passed_is_not_opened(norrkoping, said):
    with pytest.raises(DayNotOpened):
        open_day(location=main_place(norrkoping), day=date(2026, 11, 20), short_notice=True, **said)


@pytest.mark.parametrize("factory", [UserFactory, ManagerFactory, HostFactory])
def test_only_a_coordinator_opens_a_day(norrkoping, factory):
    with pytest.raises(NotForYourRole):
        open_day(location=main_place(norrkoping), day=TUESDAY, by=factory(), at=NOW)


def test_a_coordinator_of_another_site_opens_no_day_here(norrkoping):
    with pytest.raises(SiteNotYours):
        open_day(
            location=main_place(norrkoping),
            day=TUESDAY,
            by=CoordinatorFactory(sites=[the_site("malmo")]),
            at=NOW,
        )


def test_a_managers_shift_offers_no_time_until_it_is_approved(day, manager, worker):
    (shift,) = add_shifts(site_day=day, duties=[Duty(worker.resource)], by=manager, at=NOW)
    assert shift.state == Shift.State.DRAFT
    assert desk_hours([day], agencies=[worker.agency_id]) == []


def test_a_coordinators_shift_offers_time_at_once(day, worker, said):
    (shift,) = add_shifts(site_day=day, duties=[Duty(worker.resource)], **said)
    assert shift.state == Shift.State.APPROVED
    assert len(desk_hours([day], agencies=[worker.agency_id])) == 1


def test_a_manager_puts_nobody_of_another_agency_on_shift(day, manager):
    with pytest.raises(NotForYourRole):
        add_shifts(site_day=day, duties=[Duty(desk_of(UserFactory(agency="AF")))], by=manager, at=NOW)
    assert not Shift.objects.exists()
