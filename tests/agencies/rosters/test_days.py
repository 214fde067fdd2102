"""Opening the days of a pattern, and closing a day."""

from datetime import date, time

import pytest

from agencies.models import Location, PatternShift, Shift, SiteDay, WeeklyPattern
from agencies.rosters.days import close_day, open_weeks
from agencies.rosters.shifts import DayNotOpened, open_day
from agencies.web.roles import NotForYourRole
from tests.agencies.rosters.conftest import TUESDAY
from tests.factories.agencies import LocationFactory, main_place
from tests.moment import NOW

pytestmark = pytest.mark.django_db
WEDNESDAYS = date(2026, 12, 9), date(2026, 12, 30)


@pytest.fixture
def place(norrkoping, worker) -> Location:
    """Open on Wednesdays, and 23 December is no holiday; on Thursdays, and 24 December is one."""
    place = main_place(norrkoping)
    for weekday in (3, 4):
        pattern = WeeklyPattern.objects.create(
            location=place, weekday=weekday, opens=time(9), closes=time(15), valid_from=date(2026, 12, 1)
        )
        PatternShift.objects.create(pattern=pattern, resource=worker.resource, starts=time(9), ends=time(12))
    return place


def test_the_days_of_the_pattern_are_opened_with_their_shifts_but_for_holidays(place, said):
    found = open_weeks(location=place, first=date(2026, 12, 21), last=date(2026, 12, 27), **said)
    assert [(day.date.day, day.site_day is not None) for day in found] == [(23, True), (24, False)]
    assert "Julafton" in found[1].why
    assert Shift.objects.get().state == Shift.State.APPROVED


def test_opening_again_changes_nothing_and_says_so(place, said):
    first = open_weeks(location=place, first=WEDNESDAYS[0], last=WEDNESDAYS[1], **said)
    shifts = Shift.objects.count()
    again = open_weeks(location=place, first=WEDNESDAYS[0], last=WEDNESDAYS[1], **said)
    assert len(first) == len(again)
    assert all(day.site_day is None and day.why for day in again)
    assert Shift.objects.count() == shifts


def test_whoever_works_elsewhere_then_is_told_and_the_day_is_open(place, worker, said):
    other = open_day(location=LocationFactory(kind=Location.Kind.BRANCH), day=WEDNESDAYS[0])
    Shift.objects.create(
        site_day=other, resource=worker.resource, starts_at=other.opens_at, ends_at=other.closes_at
    )
    (found,) = open_weeks(location=place, first=WEDNESDAYS[0], last=WEDNESDAYS[0], **said)
    assert found.site_day
    assert str(worker) in found.conflicts[0]


def test_near_days_of_the_pattern_are_told_unless_they_are_meant(place, said):
    near = {"location": place, "first": date(2026, 12, 2), "last": date(2026, 12, 2)} | said
    place.site.minimum_notice_days = 14
    assert open_weeks(**near)[0].site_day is None
    assert open_weeks(**near, short_notice=True)[0].site_day


@pytest.mark.parametrize("last", [date(2029, 1, 1), date(2026, 11, 30)])
def test_more_than_a_year_or_nothing_is_not_opened_at_once(place, said, last):
    with pytest.raises(DayNotOpened):
        open_weeks(location=place, first=date(2026, 12, 1), last=last, **said)


def test_a_closed_day_is_gone_with_its_shifts(shift, said):
    close_day(site_day=shift.site_day, **said)
    assert not SiteDay.objects.exists()
    assert not Shift.objects.exists()


def test_a_manager_closes_no_day(shift, manager):
    with pytest.raises(NotForYourRole):
        close_day(site_day=shift.site_day, by=manager, at=NOW)
    assert SiteDay.objects.get().date == TUESDAY
