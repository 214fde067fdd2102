"""Seven people act at once on one day: a sample of `script/drill one-day`."""

import pytest

from agencies.rosters.shifts import DayNotOpened
from tests.bookings.one_day import CASEWORKERS, COORDINATORS, OneDay, days
from tests.together import Together

pytestmark = pytest.mark.django_db(transaction=True)
DAYS = 3
# What people are told; whatever else comes is a fault.
DEFINITE = {
    "Absence",
    "Chain",
    "Shift",
    "closed",
    "list",
    "nothing",
    "removed",
    "well",
}


def live(seed: int, number: int) -> OneDay:
    """So many days of the same people."""
    people = OneDay(seed)
    with Together(CASEWORKERS + COORDINATORS) as together:
        for day in days(number):
            try:
                people.live(day, together)
            except DayNotOpened:  # a public holiday
                continue
    return people


def test_no_claim_overlaps_no_chain_is_half_moved_and_every_answer_is_definite():
    people = live(2026, DAYS)
    assert sum(people.answers.values()) >= DAYS * (CASEWORKERS + COORDINATORS)
    refusals = set(people.answers) - DEFINITE
    assert {one for one in refusals if not one.startswith("covered") and "-" not in one} <= {"NoneType"}
