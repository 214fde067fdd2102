"""Costs by hand, and what holds of every order: parts add up to the whole."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.clock import STOCKHOLM
from interpreters.agreements.costs import (
    Cancelling,
    CancelStep,
    Share,
    Terms,
    cancellation_ore,
    cancelling,
    charge,
    shares,
    split,
)

START = datetime(2026, 12, 3, 8, 30, tzinfo=STOCKHOLM)
HALF_HOURS = Terms(
    unit_ore=21400,
    minimum_minutes=60,
    travel_unit_ore=10700,
    km_ore=250,
    steps=(CancelStep(48, 50), CancelStep(24, 100)),
)
BY_MINUTE = Terms(unit_ore=950, unit_minutes=1, minimum_minutes=30)
WORLDS = st.builds(
    Terms,
    unit_ore=st.integers(0, 100_000),
    unit_minutes=st.sampled_from([1, 15, 30, 60]),
    minimum_minutes=st.sampled_from([0, 30, 60, 120]),
    travel_unit_minutes=st.sampled_from([1, 30]),
    travel_unit_ore=st.integers(0, 20_000),
    km_ore=st.integers(0, 500),
    steps=st.sampled_from(
        [(), (CancelStep(24, 100),), (CancelStep(72, 33), CancelStep(48, 50), CancelStep(6, 100))]
    ),
)
MEETINGS = st.dictionaries(st.sampled_from(["MIG", "SKV", "FK", "AF", "KOM", "PM"]), st.integers(0, 480))


def test_the_day_of_the_picture_costs_what_stands_there():
    """220 minutes are eight started half hours; with an hour's travel of 31 km."""
    costs = charge(HALF_HOURS, minutes=220, travel_minutes=60, km=31)
    assert (costs.units, costs.paid_minutes) == (8, 240)
    assert (costs.time_ore, costs.travel_time_ore, costs.km_ore) == (171_200, 21_400, 7_750)
    met = {"MIG": 40, "SKV": 50, "FK": 50, "AF": 25, "KOM": 25}
    assert split(costs.ore, met=met, ordered_minutes=220, orderer="MIG") == {
        "MIG": Share(40, 42_179),
        "SKV": Share(50, 52_724),
        "FK": Share(50, 52_723),
        "AF": Share(25, 26_362),
        "KOM": Share(25, 26_362),
    }


@pytest.mark.parametrize(
    ("terms", "minutes", "paid", "ore"),
    [
        (HALF_HOURS, 1, 60, 42_800),
        (HALF_HOURS, 60, 60, 42_800),
        (HALF_HOURS, 61, 90, 64_200),
        (BY_MINUTE, 29, 30, 28_500),
        (BY_MINUTE, 31, 31, 29_450),
    ],
)
def test_a_started_unit_is_paid_whole_and_never_less_than_the_minimum(terms, minutes, paid, ore):
    costs = charge(terms, minutes=minutes)
    assert (costs.paid_minutes, costs.ore) == (paid, ore)


def test_cancelling_later_costs_more_and_never_the_travel():
    costs = charge(HALF_HOURS, minutes=220, travel_minutes=60, km=31)
    assert cancelling(HALF_HOURS, costs, starts_at=START) == [
        Cancelling(START - timedelta(hours=48), 0),
        Cancelling(START - timedelta(hours=24), 85_600),
        Cancelling(None, 171_200),
    ]


@pytest.mark.parametrize(
    ("before", "ore"),
    [
        (timedelta(hours=48), 0),
        (timedelta(hours=47, minutes=59), 85_600),
        (timedelta(hours=24), 85_600),
        (timedelta(hours=23), 171_200),
        (timedelta(), 171_200),
    ],
)
def test_so_many_hours_before_still_count_as_before(before, ore):
    costs = charge(HALF_HOURS, minutes=220)
    assert cancellation_ore(HALF_HOURS, costs, starts_at=START, at=START - before) == ore


def test_without_meetings_the_ordering_agency_bears_all():
    assert split(99, met={}, ordered_minutes=120, orderer="MIG") == {"MIG": Share(120, 99)}
    assert split(99, met={"FK": 0}, ordered_minutes=120, orderer="MIG") == {"MIG": Share(120, 99)}


@given(WORLDS, st.integers(1, 600), st.integers(0, 300), st.integers(0, 400), MEETINGS)
def test_minutes_and_ore_add_up_in_all_worlds(terms, minutes, travel, km, met):
    costs = charge(terms, minutes=minutes, travel_minutes=travel, km=km)
    parts = split(costs.ore, met=met, ordered_minutes=minutes, orderer="MIG")
    assert sum(part.ore for part in parts.values()) == costs.ore
    assert sum(part.minutes for part in parts.values()) == (sum(met.values()) or minutes)
    assert all(parts[agency].minutes == held for agency, held in met.items() if held)
    assert costs.paid_minutes >= max(minutes, terms.minimum_minutes)
    assert costs.paid_minutes - max(minutes, terms.minimum_minutes) < terms.unit_minutes


@given(st.integers(0, 10**7), st.dictionaries(st.integers(), st.integers(1, 10**4), min_size=1))
def test_no_part_is_an_ore_or_more_from_its_exact_share(total, weights):
    whole = sum(weights.values())
    parts = shares(total, weights)
    assert sum(parts.values()) == total
    assert all(abs(parts[key] * whole - total * weight) < whole for key, weight in weights.items())


@given(WORLDS, st.integers(1, 600), st.integers(0, 6000))
def test_cancelling_costs_never_more_than_the_order_and_never_less_later(terms, minutes, before):
    costs = charge(terms, minutes=minutes)
    at = START - timedelta(minutes=before)
    now, later = (
        cancellation_ore(terms, costs, starts_at=START, at=moment) for moment in (at, at + timedelta(hours=1))
    )
    assert 0 <= now <= later <= costs.time_ore
