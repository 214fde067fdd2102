"""The day that a summons keeps: the same after JSON, readable in its first version, and of several days."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings.summons.compose import compose
from bookings.summons.summoned_day import VERSION, SummonedDay, SummonedSiteDay, SummonedStop
from tests.bookings.booking_steps import FIRST, book, open_days, register
from tests.factories.agencies import UserFactory

KEYS = st.integers(1, 2**63 - 1)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=2))])
MOMENTS = st.datetimes(timezones=ZONES)
STOPS = st.builds(
    SummonedStop,
    agency=KEYS,
    code=st.sampled_from(["MIG", "SKV", "FK", "AF", "KOM", "PM"]),
    starts_at=MOMENTS,
    ends_at=MOMENTS,
    who=st.sampled_from(["adults", "everyone", "concerned", "one_adult"]),
    members=st.lists(KEYS).map(tuple),
)
SITE_DAYS = st.builds(SummonedSiteDay, site_day=KEYS, stops=st.lists(STOPS, min_size=1).map(tuple))
DAYS = st.builds(
    SummonedDay,
    days=st.lists(SITE_DAYS, min_size=1).map(tuple),
    interpreter=st.none() | KEYS,
    version=st.just(VERSION),
)
# A row as it was written before rows had a version.
FIRST_VERSION = {
    "site_day": 7,
    "interpreter": 3,
    "stops": [
        {
            "agency": 1,
            "code": "MIG",
            "starts_at": "2026-12-08T08:00:00+00:00",
            "ends_at": "2026-12-08T08:45:00+00:00",
            "who": "adults",
            "members": [11, 12],
        },
        {
            "agency": 2,
            "code": "SKV",
            "starts_at": "2026-12-08T08:50:00+00:00",
            "ends_at": "2026-12-08T09:50:00+00:00",
            "who": "everyone",
            "members": [11, 12, 13],
        },
    ],
}


@settings(max_examples=50, deadline=None)
@given(DAYS)
def test_a_day_is_the_same_after_json(day):
    assert SummonedDay.from_json(json.loads(json.dumps(day.to_json()))) == day


def test_a_row_without_a_version_is_read_as_one_day():
    day = SummonedDay.from_json(FIRST_VERSION)
    (site_day,) = day.days
    assert (site_day.site_day, day.interpreter, day.version) == (7, 3, VERSION)
    assert site_day.stops[1] == SummonedStop(
        agency=2,
        code="SKV",
        starts_at=datetime(2026, 12, 8, 8, 50, tzinfo=UTC),
        ends_at=datetime(2026, 12, 8, 9, 50, tzinfo=UTC),
        who="everyone",
        members=(11, 12, 13),
    )


def test_a_row_without_a_version_is_written_again_with_one():
    day = SummonedDay.from_json(FIRST_VERSION)
    assert day.to_json() == {
        "version": VERSION,
        "days": [{"site_day": 7, "stops": FIRST_VERSION["stops"]}],
        "interpreter": 3,
    }


def test_two_days_have_their_stops_in_time_order():
    one = SummonedDay.from_json(FIRST_VERSION)
    (first,) = one.days
    second = SummonedSiteDay(
        8, tuple(replace(stop, starts_at=stop.starts_at + timedelta(days=1)) for stop in first.stops)
    )
    both = replace(one, days=(first, second))
    assert SummonedDay.from_json(both.to_json()) == both
    assert both.stops == first.stops + second.stops
    assert both.starts_at == first.stops[0].starts_at


def test_an_unknown_version_is_refused():
    with pytest.raises(ValueError, match="Version 3"):
        SummonedDay.from_json({"version": 3})


@pytest.mark.django_db
def test_a_booking_writes_the_version_and_a_row_without_one_gives_the_same_letter(acting):
    by = UserFactory()
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        summons, link = chain.summonses.get(), chain.links.all()[0]
        letter = compose(summons, link)
        assert summons.day["version"] == VERSION
        (day,) = summons.day["days"]
        summons.day = day | {"interpreter": summons.day["interpreter"]}
        assert compose(summons, link) == letter


@pytest.mark.django_db
def test_a_letter_of_two_days_is_not_composed_by_halves(acting):
    by = UserFactory()
    open_days(FIRST)
    with acting(by):
        chain = book(register(by), by)
        summons = chain.summonses.get()
        summons.day["days"] *= 2
        with pytest.raises(ValueError, match="too many values"):
            compose(summons, chain.links.all()[0])
