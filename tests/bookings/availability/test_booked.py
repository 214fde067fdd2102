"""What is booked against a shift stays within it, whoever books it and whoever edits the roster."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.clock import at_wall_clock, local
from agencies.models import Shift, SiteDay
from agencies.rosters.absences import release_standby, report_absence
from agencies.rosters.change import change_shift, remove_shift
from agencies.rosters.days import close_day
from agencies.rosters.held import DayIsBooked, ShiftIsBooked
from agencies.rosters.queries import desk_hours
from agencies.rosters.shifts import DayNotOpened, Duty, add_shifts, open_day
from bookings.chains.book import cancel_chain
from bookings.models import Chain, Meeting
from tests.bookings.booking_steps import FIRST, SECOND, ask, book, open_days, register
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, UserFactory, main_place, the_site
from tests.moment import NOW

pytestmark = pytest.mark.django_db
MIDDLE = at_wall_clock(FIRST, time(9))  # of the family's first meeting
HOUR, MINUTES = timedelta(hours=1), timedelta(minutes=5)


@pytest.fixture
def by(db):
    return UserFactory()


@pytest.fixture
def chain(by, acting) -> Chain:
    open_days(FIRST)
    with acting(by):
        return book(register(by), by)


@pytest.fixture
def meeting(chain, by, acting) -> Meeting:
    """The family's meeting with FK."""
    with acting(by):
        return chain.meetings.select_related("caseworker").get(agency__code="FK")


@pytest.fixture
def shift(meeting) -> Shift:
    return Shift.objects.get(resource=meeting.caseworker.resource_id, site_day__date=FIRST)


def duty(shift: Shift, *, starts: datetime | None = None, ends: datetime | None = None, **more) -> Duty:
    """The shift as it is, but for what is said."""
    return Duty(
        shift.resource,
        local(starts or shift.starts_at).time(),
        local(ends or shift.ends_at).time(),
        **more,
    )


def test_the_summoning_agencys_manager_is_told_the_reference_and_the_shift_stays(chain, by, acting):
    manager = ManagerFactory(agency="MIG")
    shift = Shift.objects.get(resource__caseworker__agency__code="MIG")
    with acting(manager), pytest.raises(ShiftIsBooked) as refused:
        remove_shift(shift=shift, by=manager, at=NOW)
    assert refused.value.chains == [chain.reference]
    assert Shift.objects.filter(pk=shift.pk).exists()


@pytest.fixture
def across(by, acting) -> tuple[Meeting, list[Shift]]:
    """A meeting with the Migration Agency across two shifts of its caseworker that meet."""
    open_days(FIRST)
    shift = Shift.objects.get(resource__caseworker__agency__code="MIG")
    change_shift(shift=shift, duty=duty(shift, ends=MIDDLE), by=CoordinatorFactory(), at=NOW)
    rest = Duty(shift.resource, local(MIDDLE).time(), time(16))
    add_shifts(site_day=shift.site_day, duties=[rest], by=CoordinatorFactory(), at=NOW)
    with acting(by):
        chain = book(register(by), by)
        meeting = chain.meetings.get(agency__code="MIG")
    assert meeting.starts_at < MIDDLE < meeting.ends_at
    return meeting, list(Shift.objects.filter(resource=shift.resource).order_by("starts_at"))


@pytest.mark.parametrize("half", [0, 1])
def test_a_meeting_across_two_shifts_that_meet_keeps_both(across, half):
    _meeting, shifts = across
    with pytest.raises(ShiftIsBooked):
        remove_shift(shift=shifts[half], by=CoordinatorFactory(), at=NOW)
    with pytest.raises(IntegrityError, match="A meeting is booked"), transaction.atomic():
        shifts[half].delete()


def test_what_does_not_touch_the_meeting_across_two_shifts_may_change(across):
    _meeting, (first, second) = across
    by = CoordinatorFactory()
    changed = change_shift(shift=second, duty=duty(second, ends=second.ends_at - HOUR), by=by, at=NOW)
    assert changed.ends_at == second.ends_at - HOUR
    with pytest.raises(ShiftIsBooked):
        change_shift(shift=first, duty=duty(first, ends=first.ends_at - MINUTES), by=by, at=NOW)


def test_a_met_agencys_manager_is_told_the_reference_of_the_visit(chain, shift, acting):
    manager = ManagerFactory(agency="FK")
    with acting(manager), pytest.raises(ShiftIsBooked) as refused:
        remove_shift(shift=shift, by=manager, at=NOW)
    assert refused.value.chains == [chain.reference]


def test_a_coordinator_of_no_agency_is_told_the_boards_number_and_no_reference(chain, shift, acting):
    coordinator = CoordinatorFactory()
    with acting(coordinator), pytest.raises(ShiftIsBooked) as refused:
        remove_shift(shift=shift, by=coordinator, at=NOW)
    (name,) = refused.value.chains
    assert name.isdecimal()
    assert chain.reference not in refused.value.message


def test_hours_that_leave_a_meeting_outside_are_refused_and_others_are_not(shift, meeting, acting):
    coordinator = CoordinatorFactory()
    with acting(coordinator):
        for starts, ends in (
            (meeting.starts_at + timedelta(minutes=5), None),
            (None, meeting.ends_at - timedelta(minutes=5)),
        ):
            with pytest.raises(ShiftIsBooked):
                change_shift(shift=shift, duty=duty(shift, starts=starts, ends=ends), by=coordinator, at=NOW)
        exact = duty(shift, starts=meeting.starts_at, ends=meeting.ends_at)
        assert change_shift(shift=shift, duty=exact, by=coordinator, at=NOW).starts_at == meeting.starts_at


def test_a_break_within_a_meeting_is_refused(shift, meeting, acting):
    coordinator = CoordinatorFactory()
    within = local(meeting.starts_at).time(), local(meeting.starts_at + timedelta(minutes=10)).time()
    with acting(coordinator), pytest.raises(ShiftIsBooked):
        change_shift(shift=shift, duty=duty(shift, lunch=within), by=coordinator, at=NOW)


def test_the_database_refuses_that_a_booked_shift_goes_or_becomes_a_draft(shift, meeting):
    with pytest.raises(IntegrityError, match="booked against this shift"), transaction.atomic():
        shift.delete()
    with pytest.raises(IntegrityError, match="booked against this shift"), transaction.atomic():
        Shift.objects.update(state=Shift.State.DRAFT)
    with pytest.raises(IntegrityError, match="booked against this shift"), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(ends_at=meeting.ends_at - timedelta(minutes=5))


def test_a_booked_day_is_not_closed(chain, acting):
    coordinator = CoordinatorFactory()
    with acting(coordinator), pytest.raises(DayIsBooked) as refused:
        close_day(site_day=chain.site_day, by=coordinator, at=NOW)
    assert refused.value.chains
    assert SiteDay.objects.get().closed_at is None


def test_a_day_with_cancelled_meetings_is_kept_as_closed_offers_nothing_and_opens_again(chain, by, acting):
    coordinator = CoordinatorFactory()
    with acting(by):
        cancel_chain(chain=chain, reason="Sjuk", by=by, at=NOW)
    with acting(coordinator):
        close_day(site_day=chain.site_day, by=coordinator, at=NOW)
    assert SiteDay.objects.get().closed_at == NOW
    with acting(by):
        assert not ask(register(by)).options
    with acting(coordinator):
        place = main_place(the_site())
        assert open_day(location=place, day=FIRST, by=coordinator, at=NOW).closed_at is None
        with pytest.raises(DayNotOpened):
            open_day(location=place, day=FIRST, by=coordinator, at=NOW)


def test_nobody_absent_is_proposed_and_a_missed_meeting_is_listed(chain, shift, meeting, by, acting):
    open_days(SECOND)
    coordinator = CoordinatorFactory()
    with acting(coordinator):
        report_absence(
            resource=shift.resource,
            site=the_site(),
            starts_at=shift.starts_at,
            ends_at=shift.ends_at + timedelta(days=1),
            kind="ill",
            by=coordinator,
            at=NOW,
        )
    with acting(by):
        assert not ask(register(by), last=SECOND).options


def test_stand_by_that_ends_today_is_proposed_to_nobody_before_the_task_has_run(by, acting, clock):
    day = open_days(FIRST)[0]
    of_fk = Shift.objects.filter(site_day=day, resource__caseworker__agency__code="FK")
    for until, number in ((NOW.date() + timedelta(days=1), 1), (NOW.date(), 0)):
        of_fk.update(standby_until=until)
        with acting(by):
            assert len(ask(register(by), last=FIRST).options[:1]) == number


def test_stand_by_with_something_booked_offers_its_time_as_presence_does(chain, shift, by, acting):
    Shift.objects.filter(pk=shift.pk).update(standby_until=NOW.date())
    with acting(by):
        assert ask(register(by), last=FIRST).options
        (day,) = SiteDay.objects.filter(pk=shift.site_day_id)
        assert desk_hours([day], agencies=[shift.resource.caseworker.agency_id])
        cancel_chain(chain=chain, reason="Ill", by=by, at=NOW)
        assert not desk_hours([day], agencies=[shift.resource.caseworker.agency_id])
        assert not ask(register(by), last=FIRST).options


def test_stand_by_with_something_booked_becomes_presence(shift):
    Shift.objects.filter(pk=shift.pk).update(standby_until=NOW.date())
    assert release_standby(today=NOW.date()) == (0, 1)
    now = Shift.objects.get(pk=shift.pk)
    assert (now.state, now.standby_until) == (Shift.State.APPROVED, None)
