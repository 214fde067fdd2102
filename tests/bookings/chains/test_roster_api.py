"""Removing a booked shift over the API."""

from agencies.models import Shift
from tests.factories.agencies import CoordinatorFactory, ManagerFactory


def test_a_booked_shift_stays_and_the_chains_are_named(booked, signed_in):
    shift = Shift.objects.filter(resource__caseworker__agency__code="FK", site_day__date=booked["date"])
    answer = signed_in(ManagerFactory(agency="FK")).delete(f"/api/v1/shifts/{shift.get().pk}/")
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/shift-is-booked"
    assert answer.json()["chains"] == [booked["reference"]]
    assert answer.json()["other_days"] == ["2026-12-09", "2026-12-10"]
    assert "9 December" in answer.json()["detail"] or "9 december" in answer.json()["detail"]


def test_a_coordinator_of_no_agency_is_told_the_boards_number(booked, signed_in):
    shift = Shift.objects.filter(resource__caseworker__agency__code="FK", site_day__date=booked["date"])
    answer = signed_in(CoordinatorFactory()).delete(f"/api/v1/shifts/{shift.get().pk}/")
    assert answer.status_code == 409
    (name,) = answer.json()["chains"]
    assert name.isdecimal()
