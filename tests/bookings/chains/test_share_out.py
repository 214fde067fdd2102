"""An absent caseworker's meetings go to the colleagues who are on shift, each to whoever is free then."""

from datetime import date, timedelta

import pytest

from agencies.models import Absence
from agencies.rosters.held import Held
from agencies.rosters.shifts import Duty, add_shifts
from agencies.web.roles import NotForYourRole
from bookings.chains.cover import Covered
from bookings.chains.share_out import share_out, shares
from bookings.models import Meeting
from tests.agencies.rosters.conftest import desk_of
from tests.factories.agencies import (
    CoordinatorFactory,
    HostFactory,
    SiteDayFactory,
    UserFactory,
    main_place,
    the_site,
)
from tests.factories.bookings import ChainFactory, ClaimFactory, MeetingFactory, PartyFactory
from tests.moment import NOW
from tests.together import Together, acting_for

pytestmark = pytest.mark.django_db
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def coordinator(db):
    return CoordinatorFactory()


@pytest.fixture
def desks(norrkoping):
    """Three of FK on shift on a Tuesday: the first falls ill."""
    day = SiteDayFactory(location=main_place(the_site()), date=date(2026, 12, 8))
    people = [UserFactory(agency="FK", username=name, first_name=name) for name in ("anna", "berit", "cleo")]
    shifts = add_shifts(site_day=day, duties=[Duty(desk_of(one)) for one in people])
    return dict(zip(people, shifts, strict=True))


@pytest.fixture
def meet(desks, acting):
    """Book a meeting with the person, so many half hours after the day opens."""
    owner = UserFactory()

    def book(person, number) -> Meeting:
        day = desks[person].site_day
        day.refresh_from_db()
        starts = day.opens_at + number * HALF_HOUR
        with acting(owner):
            chain = ChainFactory(party=PartyFactory(registered_by=owner), site_day=day)
            meeting = MeetingFactory(
                chain=chain, caseworker=person, starts_at=starts, ends_at=starts + HALF_HOUR
            )
            ClaimFactory(meeting=meeting)
        return meeting

    return book


def ill(person, coordinator, *, after=0):
    shift = person.resource.shifts.get()
    return Absence.objects.create(
        resource=person.resource,
        starts_at=shift.starts_at + after * HALF_HOUR,
        ends_at=shift.ends_at,
        kind="ill",
        by=coordinator,
        at=NOW,
    )


def who_meets(meeting, acting) -> str:
    with acting(meeting.chain.booked_by):
        return str(Meeting.objects.get(pk=meeting.pk).caseworker.username)


def test_each_meeting_goes_to_somebody_who_is_free_then(desks, meet, coordinator, acting):
    anna, berit, cleo = desks
    own = [meet(anna, number) for number in range(4)]
    meet(berit, 0)
    meet(cleo, 1)
    for busy in (berit, cleo):
        meet(busy, 3)
    ill(anna, coordinator)
    with acting(coordinator):
        taken, left = share_out(shift=desks[anna], by=coordinator, at=NOW)
    assert (taken, left) == ({desks[berit]: Covered(2), desks[cleo]: Covered(1)}, 1)
    assert [who_meets(meeting, acting) for meeting in own] == ["cleo", "berit", "berit", "anna"]


def test_only_what_the_absence_touches_is_shared_out(desks, meet, coordinator, acting):
    anna, *_others = desks
    morning, afternoon = meet(anna, 0), meet(anna, 6)
    ill(anna, coordinator, after=4)
    with acting(coordinator):
        taken, left = share_out(shift=desks[anna], by=coordinator, at=NOW)
    assert ([covered.meetings for covered in taken.values()], left) == ([1], 0)
    assert who_meets(morning, acting) == "anna"
    assert who_meets(afternoon, acting) != "anna"


def test_what_has_begun_stays(desks, meet, coordinator, acting):
    anna, *_others = desks
    begun, ahead = meet(anna, 0), meet(anna, 2)
    ill(anna, coordinator)
    with acting(coordinator):
        taken, left = share_out(shift=desks[anna], by=coordinator, at=begun.starts_at + timedelta(minutes=5))
    assert ([covered.meetings for covered in taken.values()], left) == ([1], 0)
    assert who_meets(begun, acting) == "anna"
    assert who_meets(ahead, acting) != "anna"


def test_of_a_shift_that_is_over_nothing_is_shared_out(desks, meet, coordinator, acting):
    anna, *_others = desks
    meet(anna, 0)
    ill(anna, coordinator)
    with acting(coordinator):
        after = desks[anna].ends_at + timedelta(hours=1)
        assert share_out(shift=desks[anna], by=coordinator, at=after) == ({}, 0)


def test_another_agency_and_who_is_absent_take_nothing(desks, meet, coordinator, acting):
    anna, berit, cleo = desks
    own = meet(anna, 0)
    stranger = UserFactory(agency="AF")
    add_shifts(site_day=desks[anna].site_day, duties=[Duty(desk_of(stranger))])
    for person in (anna, berit, cleo):
        ill(person, coordinator)
    with acting(coordinator):
        assert share_out(shift=desks[anna], by=coordinator, at=NOW) == ({}, 1)
    assert who_meets(own, acting) == "anna"


def test_a_host_shares_nothing_out(desks, acting):
    anna, *_others = desks
    host = HostFactory()
    with acting(host), pytest.raises(NotForYourRole):
        share_out(shift=desks[anna], by=host, at=NOW)


def test_as_few_colleagues_as_come_of_asking_the_freest_first():
    held = [Held(1, NOW + number * HALF_HOUR, NOW + (number + 1) * HALF_HOUR) for number in range(3)]
    able = {"a": held[:1], "b": held[1:], "c": held[1:2]}
    assert shares(able) == {"b": held[1:], "a": held[:1]}


@pytest.mark.django_db(transaction=True)
def test_two_who_are_ill_at_once_do_not_both_go_to_the_third(desks, meet, coordinator, acting):
    anna, berit, _cleo = desks
    own = [meet(anna, 0), meet(berit, 0)]
    for person in (anna, berit):
        ill(person, coordinator)

    def act(person):
        return acting_for(coordinator, lambda: share_out(shift=desks[person], by=coordinator, at=NOW))

    with Together(2) as both:
        answers = both.do(act(anna), act(berit))
    assert sorted(left for _taken, left in answers) == [0, 1]
    assert sorted(who_meets(meeting, acting) for meeting in own) in (["anna", "cleo"], ["berit", "cleo"])
