"""Days that reach too few people, and what merging them saves."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bookings.capacity.days import DayAhead, WeekAhead, shortage_of, weeks_ahead
from bookings.capacity.places import Places
from bookings.capacity.spread import Expected
from bookings.capacity.thin import ThinLimits, share_of, thin_days

TODAY = date(2026, 12, 1)
HOURS_PER_PERSON = 6
MONDAY = date(2026, 12, 7)
TUESDAY, FRIDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
LIMITS = ThinLimits(lambda _day: HOURS_PER_PERSON, timedelta(days=21))


def day(on=TUESDAY, places=8, parties=0, people=0, hours=40, travel=0, location=1, **more):
    return DayAhead(location, "", on, Places(places), parties, people, hours * 60, travel, **more)


DAYS = st.lists(
    st.builds(
        day,
        on=st.integers(0, 13).map(lambda n: MONDAY + timedelta(days=n)),
        places=st.integers(0, 12),
        parties=st.integers(0, 12),
        people=st.integers(0, 30),
        hours=st.integers(0, 80),
        travel=st.integers(0, 600),
        location=st.integers(1, 2),
    ),
    max_size=6,
    unique_by=lambda one: (one.location, one.on),
)
EXPECTED = st.dictionaries(
    st.sampled_from([MONDAY, MONDAY + timedelta(days=7)]),
    st.integers(0, 40).map(lambda likely: Expected(0, likely, likely)),
)


def found(days, expected=None, today=TODAY, limits=LIMITS):
    return thin_days(days, expected or {}, limits, today=today, party_size=2.5)


def test_a_day_that_is_merged_is_neither_thin_nor_merged_with():
    thin, merged = day(people=1), replace(day(on=FRIDAY), is_merging=True)
    assert [(one.day.on, one.merge) for one in found([thin, merged])] == [(TUESDAY, None)]


def test_a_day_is_thin_when_each_person_takes_more_hours_than_the_limit():
    enough = day(people=7, hours=7 * HOURS_PER_PERSON)
    assert found([enough]) == []
    assert [one.people for one in found([replace(enough, travel_minutes=1)])] == [7]
    assert len(found([replace(enough, people=6)])) == 1


def test_those_who_are_expected_count_as_much_as_those_who_are_booked():
    days = [day(people=2), day(FRIDAY, people=2)]
    assert len(found(days)) == 2
    assert found(days, {MONDAY: Expected(4, 8, 9)}) == []
    assert len(found(days, {MONDAY: Expected(0, 1, 9)})) == 2


def test_a_far_day_is_not_judged_while_nobody_has_said_who_is_expected():
    far = date(2026, 12, 29)
    assert found([day(far)]) == []
    assert len(found([day(far)], {date(2026, 12, 28): Expected(0, 0, 1)})) == 1


def test_how_far_ahead_a_day_is_judged_is_a_limit():
    near = day(TODAY + timedelta(days=9))
    assert len(found([near])) == 1
    assert found([near], limits=replace(LIMITS, unsaid=timedelta(days=8))) == []


def test_each_day_is_judged_by_the_limit_of_its_own_date():
    limits = replace(LIMITS, hours_on=lambda on: 6 if on < FRIDAY else 2)
    days = [day(people=10, hours=40), day(FRIDAY, people=10, hours=40)]
    assert [(one.day.on, one.limit) for one in found(days, limits=limits)] == [(FRIDAY, 2)]


def test_a_day_that_has_passed_is_not_judged():
    assert found([day()], today=FRIDAY) == []


def test_merging_saves_the_days_hours_and_travel_on_the_nearest_day_with_room():
    thin, near, far = day(parties=2, people=4, travel=90), day(FRIDAY, people=20), day(MONDAY, people=20)
    merge = found([thin, near, far])[0].merge
    assert merge.into == far
    assert (merge.parties, merge.staff_minutes, merge.travel_minutes) == (2, 40 * 60, 90)
    assert found([thin, near, replace(far, parties=7)])[0].merge.into == near


def test_no_merge_is_told_where_those_who_come_find_no_room():
    thin = day(parties=3, people=5)
    full, other = day(FRIDAY, parties=6, people=20), day(MONDAY, people=20, location=2)
    assert found([thin, full, other])[0].merge is None
    assert found([thin, day(TUESDAY + timedelta(days=8), people=20)])[0].merge is None


@given(DAYS, EXPECTED)
def test_a_merge_never_loses_anybody_their_place_and_saves_no_more_than_the_day_costs(days, expected):
    for one in found(days, expected):
        assert one.day.minutes > HOURS_PER_PERSON * 60 * one.people
        if one.merge:
            into = one.merge.into
            assert into.parties + one.day.parties <= into.places.number
            assert one.merge.staff_minutes + one.merge.travel_minutes == one.day.minutes
            assert into.location == one.day.location
            assert into != one.day


@given(DAYS, EXPECTED)
def test_the_shares_of_a_weeks_days_add_up_to_the_week(days, expected):
    for monday, said in expected.items():
        shares = [share_of(one, days, expected) for one in days if one.monday == monday]
        assert not shares or abs(sum(share or 0 for share in shares) - said.likely) < 1e-6


def test_what_is_left_counts_the_booked_as_the_least_who_come():
    week = WeekAhead(MONDAY, 3, 24, 22, Expected(10, 20.4, 30))
    assert (week.likely, week.left, week.span) == (22, 2, (22, 30))
    assert WeekAhead(MONDAY, 0, 0, 0, None).left == 0


def test_the_room_of_one_week_helps_no_other():
    short = WeekAhead(MONDAY, 1, 8, 2, Expected(6, 10, 14))
    wide = WeekAhead(MONDAY + timedelta(days=7), 3, 24, 0, Expected(2, 4, 30))
    found = shortage_of([short, wide])
    assert (found.weeks, found.lowest, found.likely, found.highest) == ((MONDAY,), 0, 2, 12)


def test_a_week_adds_up_the_days_of_all_places():
    days = [day(parties=3), day(FRIDAY, parties=1, location=2)]
    week = weeks_ahead([MONDAY], days, {})[0]
    assert (week.days, week.places, week.parties, week.expected) == (2, 16, 4, None)
