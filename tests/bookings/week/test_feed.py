"""A colleague's shifts as a calendar: what is in it, and what is not."""

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from agencies.models import Shift, SiteDay
from agencies.rosters.feed import feed_of
from agencies.rosters.held import held_of
from agencies.rosters.shifts import Duty, add_shifts
from tests.factories.agencies import UserFactory, the_site
from tests.factories.interpreters import open_day
from tests.moment import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def events(user, at=NOW):
    return Calendar.from_ical(feed_of(user, at=at)).walk("VEVENT")


def hours(found):
    return [(one["dtstart"].dt, one["dtend"].dt) for one in found]


def test_a_colleague_finds_shifts_and_what_is_booked_in_them(booked, worker):
    found = events(worker)
    shifts = [one for one in found if str(one["summary"]) == "Arbetspass, Norrköping"]
    own = list(worker.resource.shifts.order_by("starts_at"))
    assert hours(shifts) == [(one.starts_at, one.ends_at) for one in own]
    meetings = [one for one in found if str(one["summary"]) == "Möte"]
    held = held_of([worker.resource_id], (own[0].starts_at, own[-1].ends_at))
    assert held
    assert hours(meetings) == [(one.starts_at, one.ends_at) for one in held]
    assert len(found) == len(shifts) + len(meetings)


def test_nobody_whom_one_meets_is_in_it(chain, worker, acting):
    text = feed_of(worker, at=NOW).decode()
    with acting(chain.booked_by):
        members = list(chain.party.members.all())
    words = [chain.reference, *(name for one in members for name in (one.given_name, one.family_name))]
    assert not [word for word in words if word and word in text]


def test_stand_by_and_drafts_are_tentative_and_what_is_released_is_gone(worker):
    first, second, third = worker.resource.shifts.order_by("starts_at")
    Shift.objects.filter(pk=first.pk).update(standby_until=NOW.date())
    Shift.objects.filter(pk=second.pk).update(state=Shift.State.DRAFT)
    Shift.objects.filter(pk=third.pk).update(state=Shift.State.RELEASED, standby_until=NOW.date())
    shifts = [one for one in events(worker) if "Arbetspass" in one["summary"]]
    assert [str(one["status"]) for one in shifts] == ["TENTATIVE", "TENTATIVE"]
    assert "Beredskap till 2026-11-23" in str(shifts[0]["description"])


def test_a_moved_shift_keeps_its_key_and_the_past_falls_off(worker):
    before = str(events(worker)[0]["uid"])
    assert str(events(worker, at=NOW + timedelta(minutes=5))[0]["uid"]) == before
    assert events(worker, at=NOW + timedelta(days=60)) == []


def test_somebody_without_shifts_has_an_empty_calendar():
    assert events(UserFactory()) == []


@pytest.mark.parametrize("shifts", [0, 2])
def test_it_costs_the_same_queries_however_long_the_roster(worker, shifts, django_assert_num_queries):
    for n in range(shifts):
        open_day(the_site(), date(2026, 12, 14 + n), desks={})
        day = SiteDay.objects.get(date=date(2026, 12, 14 + n))
        add_shifts(site_day=day, duties=[Duty(worker.resource, lunch=(time(12), time(12, 30)))])
    with django_assert_num_queries(3):
        feed_of(worker, at=NOW)
