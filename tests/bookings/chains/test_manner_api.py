"""The API tells how a booked meeting is held: in which form, together with whom, in which group."""

from datetime import time

import pytest

from agencies.clock import at_wall_clock
from agencies.models import SiteDay
from agencies.rosters.shifts import Duty, add_shifts
from bookings.chains.group_checks import GroupPlan
from bookings.chains.group_meetings import add_party, open_group
from bookings.chains.meet_together import meet_together
from bookings.chains.meeting_form import hold_meeting
from bookings.models import Chain, GroupMeeting, Meeting
from bookings.remote.allow import allow_forms
from tests.bookings.api_steps import FIRST, at
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, the_agency
from tests.factories.interpreters import caseworkers, interpreters_of
from tests.moment import NOW

pytestmark = pytest.mark.django_db
USUAL = {"form": "on_site", "together_with": None, "group": None}


@pytest.fixture
def chain(booked, caseworker, acting) -> Chain:
    with acting(caseworker):
        return Chain.objects.get(reference=booked["reference"])


@pytest.fixture
def visit(signed_in):
    """What an agency is told of its own meeting, read by itself and in its list."""

    def told(code, chain):
        client = signed_in(UserFactory(agency=code))
        alone = client.get(f"/api/v1/chains/{chain.reference}/").json()["meeting"]
        (listed,) = client.get("/api/v1/visits/").json()["results"]
        assert listed["meeting"] == alone
        return manner_of(alone)

    return told


def manner_of(meeting):
    return {name: meeting[name] for name in USUAL}


def manners(api, chain):
    told = api.get(at({"reference": chain.reference})).json()
    assert api.get("/api/v1/chains/").json()["results"] == [told]
    return {meeting["agency"]: manner_of(meeting) for meeting in told["meetings"]}


def test_a_meeting_is_at_the_place_alone_and_in_no_group(api, chain, visit):
    assert all(manner == USUAL for manner in manners(api, chain).values())
    assert visit("FK", chain) == USUAL


def test_a_meeting_by_telephone_says_so_to_its_owner_and_to_the_agency(api, chain, caseworker, acting, visit):
    manager = ManagerFactory(agency="FK")
    with acting(manager):
        allow_forms(by_telephone=True, by_video=False, tool="", by=manager, at=NOW)
    with acting(caseworker):
        hold_meeting(chain=chain, key="FK", form=Meeting.Form.TELEPHONE, by=caseworker, at=NOW)
    told = manners(api, chain)
    assert told["FK"] == visit("FK", chain) == USUAL | {"form": "telephone"}
    assert told["AF"] == visit("AF", chain) == USUAL


def test_two_that_meet_at_once_name_each_other(api, chain, caseworker, acting, visit):
    with acting(caseworker):
        meet_together(chain=chain, host="AF", joined="KOM", by=caseworker, at=NOW)
    told = manners(api, chain)
    assert told["AF"] == visit("AF", chain) == USUAL | {"together_with": "KOM"}
    assert told["KOM"]["together_with"] == "AF"
    assert told["FK"]["together_with"] is None


@pytest.fixture
def group(norrkoping, booked, chain, acting) -> GroupMeeting:
    """Of FK after the family's last meeting, with an interpreter of its own."""
    coordinator = CoordinatorFactory()
    with acting(coordinator):
        day = SiteDay.objects.select_related("location__site").get(date=FIRST)
    desk, tolk = caseworkers(norrkoping, "FK", 2)[1], interpreters_of(norrkoping, "ar", 2)[1]
    assert desk.resource
    add_shifts(site_day=day, duties=[Duty(desk.resource), Duty(tolk.resource)])
    with acting(coordinator):
        plan = GroupPlan(
            agency=the_agency("FK"),
            caseworker=desk,
            starts_at=at_wall_clock(FIRST, time(14, 30)),
            ends_at=at_wall_clock(FIRST, time(15, 30)),
            language="ara",
            capacity=3,
            conditions=("1", "2", "3", "4"),
            interpreter=tolk,
        )
        return open_group(site_day=day, plan=plan, by=coordinator, at=NOW)


def test_a_group_is_read_where_a_chain_of_it_is(api, chain, caseworker, acting, visit, group):
    with acting(caseworker):
        add_party(group=group, chain=chain, by=caseworker, at=NOW)
    told = manners(api, chain)
    held = {"reference": group.reference, "language": "ara", "capacity": 3}
    assert told["FK"] == visit("FK", chain) == USUAL | {"group": held}
    assert told["AF"] == USUAL
