"""What is suggested."""

from datetime import timedelta

from hypothesis import given

from bookings.capacity.days import weeks_ahead
from bookings.capacity.spread import Expected
from bookings.capacity.suggest import Act, PlaceToOpen, suggestions
from bookings.capacity.thin import thin_days
from tests.bookings.capacity.test_thin import DAYS, EXPECTED, FRIDAY, MONDAY, TODAY, TUESDAY, day

NEXT = MONDAY + timedelta(days=7)
OPENING = PlaceToOpen(1, "", TODAY + timedelta(days=7), {MONDAY + timedelta(days=2)})


def found(days, expected, opening=OPENING):
    weeks = weeks_ahead([MONDAY, NEXT], days, expected)
    thin = thin_days(days, expected, today=TODAY, party_size=2.5, hours=6)
    return suggestions(weeks, days, thin, opening=opening, today=TODAY)


def test_a_day_is_opened_where_more_are_expected_than_the_days_take():
    one = found([day(people=20)], {MONDAY: Expected(5, 12, 20)})[0]
    assert (one.act, one.on, one.parties, one.minutes) == (Act.OPEN, MONDAY + timedelta(days=3), 4, 40 * 60)


def test_no_day_is_opened_on_a_holiday_too_near_or_beyond_what_is_needed():
    late = PlaceToOpen(1, "", FRIDAY + timedelta(days=1))
    assert found([day(people=20)], {MONDAY: Expected(5, 12, 20)}, late) == []
    two = found([day(people=20)], {MONDAY: Expected(5, 30, 40)})
    assert [(one.on, one.parties) for one in two] == [(MONDAY + timedelta(days=3), 8), (FRIDAY, 8)]
    assert found([day(people=20)], {MONDAY: Expected(5, 8, 20)}) == []


def test_where_no_day_may_be_opened_none_is_suggested():
    assert found([day(people=20)], {MONDAY: Expected(5, 12, 20)}, None) == []


def test_two_thin_days_become_one_once():
    one = found([day(parties=1, people=2), day(FRIDAY, parties=1, people=2)], {})
    assert [(each.act, each.on, each.into) for each in one] == [(Act.MERGE, TUESDAY, FRIDAY)]


def test_a_stand_by_is_released_when_all_who_may_come_fit_without_it():
    days = [day(people=20), day(FRIDAY, is_standby=True)]
    one = found(days, {MONDAY: Expected(5, 6, 8)})[0]
    assert (one.act, one.on, one.places, one.minutes) == (Act.RELEASE, FRIDAY, 8, 40 * 60)
    acts = [each.act for each in found(days, {MONDAY: Expected(5, 8, 9)})]
    assert Act.RELEASE not in acts


def test_a_stand_by_with_something_booked_is_kept():
    days = [day(people=20), day(FRIDAY, parties=1, people=2, is_standby=True)]
    assert Act.RELEASE not in [one.act for one in found(days, {MONDAY: Expected(0, 1, 2)})]


@given(DAYS, EXPECTED)
def test_no_day_is_named_twice_and_every_one_lies_ahead(days, expected):
    named = []
    for one in found(days, expected):
        named += [(one.location, each) for each in (one.on, one.into) if each]
        assert one.on >= TODAY
        if one.act == Act.OPEN:
            assert (one.location, one.on) not in {(each.location, each.on) for each in days}
    assert len(named) == len(set(named))
