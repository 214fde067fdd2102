"""The horizon converts between moments and slots, also on days when the clock changes."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from agencies.clock import at_wall_clock
from agencies.models import SiteDay
from bookings.availability.calendars import Horizon
from bookings.planner import SLOT_SECONDS, touched_slots, whole_slots

CHANGES = (date(2027, 3, 28), date(2027, 10, 31))


@st.composite
def horizons(draw) -> Horizon:
    """Up to seven days around a change of the clock."""
    first = draw(st.sampled_from(CHANGES)) - timedelta(days=draw(st.integers(0, 3)))
    numbers = draw(st.sets(st.integers(0, 6), min_size=1))
    opens = time(draw(st.integers(0, 9)), draw(st.sampled_from((0, 5, 30))))
    closes = time(draw(st.integers(10, 23)), draw(st.sampled_from((0, 25, 55))))
    dates = [first + timedelta(days=n) for n in sorted(numbers)]
    return Horizon(
        tuple(
            SiteDay(pk=n, date=day, opens_at=at_wall_clock(day, opens), closes_at=at_wall_clock(day, closes))
            for n, day in enumerate(dates)
        )
    )


@given(horizons(), st.data())
def test_the_moment_of_a_slot_gives_the_slot_back(horizon, data):
    day = data.draw(st.sampled_from(horizon.days))
    slot = day.offset + data.draw(st.integers(0, day.slots - 1))
    moment = horizon.moment(slot)
    assert horizon.slot(moment) == slot
    site_day = horizon.site_days[horizon.day_of(slot)]
    assert site_day.opens_at <= moment < site_day.closes_at


@given(horizons())
def test_days_have_their_length_and_one_slot_between_them(horizon):
    for day, site_day in zip(horizon.days, horizon.site_days, strict=True):
        assert horizon.moment(day.offset) == site_day.opens_at
        assert timedelta(seconds=day.slots * SLOT_SECONDS) == site_day.closes_at - site_day.opens_at
    for earlier, later in zip(horizon.days, horizon.days[1:], strict=False):
        assert later.offset == earlier.offset + earlier.slots + 1


@given(horizons(), st.data())
def test_bits_are_the_slots_of_the_span(horizon, data):
    day = data.draw(st.sampled_from(horizon.days))
    first = data.draw(st.integers(0, day.slots - 1))
    last = data.draw(st.integers(first + 1, day.slots))
    start = int(horizon.moment(day.offset + first).timestamp()) // SLOT_SECONDS
    bits = horizon.bits([(start, start + last - first)])
    assert bits == sum(1 << (day.offset + slot) for slot in range(first, last))


@given(horizons())
def test_what_lies_outside_the_days_is_cut_off(horizon):
    opening = int(horizon.site_days[0].opens_at.timestamp()) // SLOT_SECONDS
    day = horizon.days[0]
    whole = ((1 << day.slots) - 1) << day.offset
    assert horizon.bits([(opening - 5, opening + day.slots + 5)]) == whole
    assert horizon.bits([(opening - 5, opening)]) == 0
    assert horizon.bits([(opening + day.slots, opening + day.slots + 1)]) == 0


def test_a_horizon_may_be_empty():
    assert Horizon(()).days == ()


def test_free_time_is_rounded_inwards_and_claims_outwards():
    span = (2 * SLOT_SECONDS - 1, 5 * SLOT_SECONDS + 1)
    assert whole_slots([span]) == [(2, 5)]
    assert touched_slots([span]) == [(1, 6)]
