"""What is read of a site's days, and what of it who is told."""

from datetime import date, time

import pytest

from agencies.models import Shift
from agencies.rosters.shifts import Duty, add_shifts
from bookings.capacity.queries import USUAL_SIZE, load_site, needs_of
from bookings.models import Chain, Meeting, SiteDayLoad, SiteMonth
from tests.agencies.rosters.conftest import desk_of
from tests.bookings.api_steps import FIRST
from tests.factories.agencies import CoordinatorFactory, HostFactory, UserFactory, the_site
from tests.factories.bookings import MeetingFactory

pytestmark = pytest.mark.django_db
TODAY, MONDAY = date(2026, 11, 23), date(2026, 12, 7)


@pytest.fixture
def loaded(acting, people):
    def load(who="coordinator", today=TODAY):
        with acting(getattr(people, who)):
            return load_site(the_site(), [MONDAY], today=today)

    return load


def loads(viewer, acting):
    with acting(viewer):
        return list(SiteDayLoad.objects.values_list("parties", "people"))


def months(viewer, acting):
    with acting(viewer):
        return list(SiteMonth.objects.values_list("month", "parties", "people"))


def test_a_usual_party_needs_the_agencies_that_are_met_in_every_track(norrkoping):
    needs = needs_of(norrkoping, TODAY)
    assert set(needs) == {"AF", "FK", "KOM", "SKV"}
    assert needs["KOM"].is_local
    assert needs["SKV"].checks_identity
    assert all(10 <= need.minutes <= 120 for need in needs.values())


def test_a_day_takes_what_its_scarcest_desk_takes(open_days, loaded):
    day = next(day for day in loaded().days if day.on == FIRST)
    assert 3 <= day.places.number <= 12
    assert day.places.scarcest
    assert day.staff_minutes == 6 * (450 - 45)


def test_an_absence_a_draft_and_a_released_shift_offer_no_place(open_days, loaded):
    full = loaded().days[0]
    Shift.objects.filter(resource__caseworker__agency__code="FK", site_day__date=FIRST).update(state="draft")
    day = loaded().days[0]
    assert (day.places.number, day.places.scarcest) == (0, ("FK",))
    assert day.staff_minutes == full.staff_minutes - 405


def test_where_identity_is_not_checked_that_agency_is_not_needed(open_days, loaded):
    Shift.objects.filter(resource__caseworker__agency__code="SKV", site_day__date=FIRST).delete()
    assert loaded().days[0].places.number == 0
    place = the_site().locations.get(kind="main")
    place.checks_identity = False
    place.save()
    assert loaded().days[0].places.number > 0


def test_travel_is_added_up_and_a_day_all_on_stand_by_is_told(opened, loaded):
    day = opened(FIRST)
    desks = [desk_of(UserFactory(agency=code)) for code in ("FK", "AF")]
    until = date(2026, 12, 1)
    duties = [Duty(desk, time(9), time(12), standby_until=until, travel_minutes=40) for desk in desks]
    add_shifts(site_day=day, duties=duties)
    one = loaded().days[0]
    assert (one.is_standby, one.travel_minutes, one.staff_minutes) == (True, 80, 360)
    Shift.objects.filter(resource=desks[0]).update(standby_until=None)
    assert not loaded().days[0].is_standby


def test_what_is_said_becomes_parties_in_weeks(said, open_days, loaded):
    assert loaded().expected == {}
    said()
    found = loaded()
    assert found.party_size == USUAL_SIZE
    assert found.expected[MONDAY].likely == pytest.approx(40 * 5 / 22 / 2.5, rel=0.1)


def test_all_who_are_booked_are_counted_for_the_site_whosever_they_are(opened, families, people, acting):
    chains = families(opened(FIRST), 3)
    families(opened(FIRST), 1, is_protected=True)
    for viewer in (people.coordinator, people.manager):
        assert loads(viewer, acting) == [(4, 16)]
    with acting(chains[0].booked_by):
        chains[0].state, chains[0].cancel_reason = "cancelled", "Ill"
        chains[0].cancelled_at = chains[0].booked_at
        chains[0].save()
    assert loads(people.coordinator, acting) == [(3, 12)]


def test_nobody_else_is_told_how_many_are_booked(opened, families, people, acting):
    families(opened(FIRST), 1)
    elsewhere = CoordinatorFactory(sites=[the_site("malmo")])
    for viewer in (UserFactory(), HostFactory(), elsewhere):
        assert loads(viewer, acting) == []
        assert months(viewer, acting) == []


def test_the_secretariat_is_told_few_as_six_and_of_no_protected_identity(opened, families, people, acting):
    families(opened(FIRST), 7, is_protected=True)
    assert loads(people.secretariat, acting) == []
    families(opened(FIRST), 1)
    assert loads(people.secretariat, acting) == [(6, 6)]
    families(opened(FIRST), 6)
    assert loads(people.secretariat, acting) == [(7, 28)]


def came(chains, acting):
    for chain in chains:
        with acting(chain.booked_by):
            meeting = MeetingFactory(
                chain=chain, checked_in_at=chain.site_day.opens_at, checked_in_by=chain.booked_by
            )
            assert meeting.attendance == Meeting.Attendance.BEGAN


def test_a_month_counts_who_came_once_and_hides_few_from_the_secretariat(opened, families, people, acting):
    chains = families(opened(FIRST), 6)
    came(chains[:5], acting)
    assert months(people.coordinator, acting) == [(date(2026, 12, 1), 5, 20)]
    assert months(people.secretariat, acting) == []
    came(chains[5:], acting)
    assert months(people.secretariat, acting) == [(date(2026, 12, 1), 6, 24)]
    assert Chain.objects.count() == 0  # nobody acts here


def test_a_party_is_as_large_as_those_of_the_past_year(opened, families, acting, loaded):
    chains = families(opened(FIRST), 6)
    came(chains, acting)
    assert loaded(today=date(2027, 1, 4)).party_size == 4


@pytest.mark.parametrize("number", [1, 3])
def test_the_site_is_read_in_thirteen_queries(
    open_days, families, opened, said, people, acting, django_assert_num_queries, number
):
    families(opened(FIRST), number)
    said()
    site = the_site()
    with acting(people.coordinator), django_assert_num_queries(13):
        load_site(site, [MONDAY], today=TODAY)
