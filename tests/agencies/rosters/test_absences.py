"""Absences, and stand-by."""

from datetime import date, time, timedelta

import pytest

from agencies import tasks
from agencies.clock import at_wall_clock
from agencies.models import Absence, Shift
from agencies.rosters.absences import AbsenceNotRecorded, release_standby, report_absence, withdraw_absence
from agencies.rosters.queries import desk_hours, offered_shifts
from agencies.rosters.shifts import Duty, add_shifts
from agencies.web.roles import NotForYourRole
from tests.agencies.rosters.conftest import TUESDAY
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ill(shift, norrkoping, said) -> Absence:
    """From the day before until eleven o'clock."""
    return report_absence(
        resource=shift.resource,
        site=norrkoping,
        starts_at=shift.starts_at - timedelta(days=1),
        ends_at=at_wall_clock(TUESDAY, time(11)),
        kind=Absence.Kind.ILL,
        **said,
    )


def free_minutes(shift: Shift) -> int:
    """Of the shift's hours those outside its breaks, which do not overlap here."""
    agency = shift.resource.caseworker.agency
    assert agency
    (found,) = desk_hours([shift.site_day], agencies=[agency.pk])
    hours = sum(end - start for start, end in found.hours) - sum(end - start for start, end in found.breaks)
    return hours // 60


def test_an_absence_takes_its_time_from_the_shift_and_gives_it_back(shift, ill, norrkoping, said):
    assert free_minutes(shift) == 5 * 60
    withdraw_absence(absence=ill, site=norrkoping, **said)
    assert free_minutes(shift) == 7.5 * 60


def test_an_absence_is_recorded_once(shift, ill, norrkoping, said):
    with pytest.raises(AbsenceNotRecorded):
        report_absence(
            resource=shift.resource,
            site=norrkoping,
            starts_at=ill.starts_at,
            ends_at=ill.ends_at,
            kind="ill",
            **said,
        )
    assert Absence.objects.count() == 1


def test_an_absence_starts_before_it_ends(shift, norrkoping, said):
    with pytest.raises(AbsenceNotRecorded):
        report_absence(
            resource=shift.resource, site=norrkoping, starts_at=NOW, ends_at=NOW, kind="ill", **said
        )


def test_a_caseworker_reports_nobody_absent(shift, norrkoping, worker):
    with pytest.raises(NotForYourRole):
        report_absence(
            resource=shift.resource,
            site=norrkoping,
            starts_at=NOW,
            ends_at=NOW + timedelta(days=1),
            kind="ill",
            by=worker,
            at=NOW,
        )


def test_stand_by_offers_time_until_its_date_and_is_released_then(day, worker, acting, clock):
    until = date(2026, 12, 1)
    (shift,) = add_shifts(site_day=day, duties=[Duty(worker.resource, standby_until=until)])
    assert release_standby(today=until - timedelta(days=1)) == (0, 0)
    with acting(worker):
        assert free_minutes(shift) == 7.5 * 60
    assert release_standby(today=until) == (1, 0)
    assert desk_hours([day], agencies=[worker.agency_id]) == []
    assert Shift.objects.get().state == Shift.State.RELEASED
    assert release_standby(today=until) == (0, 0)


def test_stand_by_offers_nothing_from_its_date_in_stockholm_on_before_the_task_has_run(
    day, worker, acting, clock
):
    until = date(2026, 12, 1)
    add_shifts(site_day=day, duties=[Duty(worker.resource, standby_until=until)])
    midnight = at_wall_clock(until, time(0))
    for moment, offers in ((midnight - timedelta(seconds=1), 1), (midnight, 0)):
        clock.move_to(moment)
        with acting(worker):
            assert len(desk_hours([day], agencies=[worker.agency_id])) == offers
            assert offered_shifts().filter(site_day=day).count() == offers
    assert Shift.objects.get().state == Shift.State.APPROVED


def test_the_task_releases_by_the_date_in_stockholm(day, worker, clock):
    add_shifts(site_day=day, duties=[Duty(worker.resource, standby_until=NOW.date())])
    tasks.release_standby()
    assert Shift.objects.get().state == Shift.State.RELEASED


def test_a_caseworker_releases_nobody(day, worker):
    add_shifts(site_day=day, duties=[Duty(worker.resource, standby_until=TUESDAY)])
    with pytest.raises(NotForYourRole):
        release_standby(today=NOW.date(), shifts=Shift.objects.all(), by=worker)


def test_a_coordinator_releases_before_the_date(day, worker, coordinator):
    add_shifts(site_day=day, duties=[Duty(worker.resource, standby_until=TUESDAY)])
    assert release_standby(today=NOW.date(), shifts=Shift.objects.all(), by=coordinator) == (1, 0)
