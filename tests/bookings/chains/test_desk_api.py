"""A party is checked in at a desk, and how it came is recorded, through the API."""

from datetime import timedelta

import pytest
import time_machine

from agencies.models import Reading, User
from agencies.secrecy.context import acting_as, viewer_of
from tests.bookings.api_steps import CHAINS, at
from tests.factories.agencies import ManagerFactory

pytestmark = pytest.mark.django_db


def test_a_party_is_checked_in_once(api, booked, clock):
    clock.move_to("2026-12-08T09:01:00+01:00")
    first = api.post(at(booked, "check-in/"), {"agency": "MIG"})
    assert first.status_code == 200
    assert first.json()["meetings"][0]["checked_in_at"] == "2026-12-08T09:01:00+01:00"
    clock.shift(timedelta(minutes=5))
    assert api.post(at(booked, "check-in/"), {"agency": "MIG"}).json() == first.json()


@pytest.mark.parametrize("agency", ["PM", "XYZ", ""])
def test_nobody_is_checked_in_where_no_meeting_is(api, booked, clock, agency):
    clock.move_to("2026-12-08T09:01:00+01:00")
    answer = api.post(at(booked, "check-in/"), {"agency": agency})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["agency"]


@pytest.fixture
def met_api(booked, signed_in):
    """The caseworker whom the family meets at Försäkringskassan."""
    return signed_in(User.objects.get(agency__code="FK"))


def test_the_met_agency_sees_its_visit_and_no_names(booked, met_api):
    seen = met_api.get(at(booked)).json()
    assert seen["meeting"]["agency"] == "FK"
    assert seen["members"] == seen["other_meetings"] == []
    assert seen["ages"] == {"infants": 0, "children": 2, "adults": 2, "seniors": 0}
    assert met_api.get("/api/v1/visits/", {"date": seen["date"]}).json()["count"] == 1
    assert met_api.get("/api/v1/visits/", {"date": "2026-01-01"}).json()["count"] == 0
    assert met_api.get(CHAINS).json()["count"] == 0


def test_the_met_agency_checks_in_at_its_own_desk_only(booked, met_api):
    assert met_api.post(at(booked, "check-in/"), {"agency": "AF"}).status_code == 422
    with time_machine.travel(f"{booked['date']}T09:00+01:00"):
        seen = met_api.post(at(booked, "check-in/"), {"agency": "FK"}).json()
    assert seen["meeting"]["checked_in_at"]
    assert len(seen["members"]) == 4


def test_a_refused_check_in_is_no_reading(api, booked, caseworker):
    def readings() -> int:
        with acting_as(viewer_of(ManagerFactory(agency=caseworker.agency))):
            return Reading.objects.count()

    before = readings()
    assert api.post(at(booked, "check-in/"), {"agency": "PM"}).status_code == 422
    assert readings() == before
    assert api.get(at(booked)).status_code == 200
    assert readings() > before


@pytest.mark.parametrize("verb", ["check-in/", "attendance/"])
def test_a_check_in_weeks_ahead_is_refused_and_the_day_can_be_moved(api, propose, booked, verb):
    answer = api.post(at(booked, verb), {"agency": "MIG", "kind": "began"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/not-that-day")
    proposal = propose(booked["party"], **{"from": "2026-12-09"})[0]["id"]
    assert api.post(at(booked, "move/"), {"proposal": proposal}).status_code == 200


def test_what_was_recorded_is_undone(api, booked, clock):
    clock.move_to(f"{booked['date']}T09:01:00+01:00")
    said = {"agency": "MIG", "kind": "no_show"}
    assert api.post(at(booked, "attendance/"), said).json()["meetings"][0]["attendance"] == "no_show"
    again = api.post(at(booked, "attendance/"), {"agency": "MIG", "kind": "done"})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/attendance-not-possible")
    undone = {"agency": "MIG", "kind": "undone", "undoes": "no_show"}
    assert api.post(at(booked, "attendance/"), undone).json()["meetings"][0]["attendance"] == "expected"


@pytest.mark.parametrize("said", [{"kind": "undone"}, {"kind": "late", "undoes": "late"}, {"kind": "x"}, {}])
def test_attendance_that_cannot_be_read_is_told(api, booked, said):
    answer = api.post(at(booked, "attendance/"), {"agency": "MIG"} | said)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) <= {"kind", "undoes"}


def test_a_visit_has_a_tag_of_its_own(booked, met_api):
    with time_machine.travel(f"{booked['date']}T09:00+01:00", tick=False):
        seen = met_api.get(at(booked))["ETag"]
        body = {"agency": "FK", "kind": "late"}
        assert met_api.post(at(booked, "attendance/"), body, headers={"If-Match": seen}).status_code == 200
        body["kind"] = "began"
        assert met_api.post(at(booked, "attendance/"), body, headers={"If-Match": seen}).status_code == 412
