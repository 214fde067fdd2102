"""Five hundred days on which two coordinators and five caseworkers act at once; prints what they were answered."""

import pytest

from tests.bookings.test_one_day import live

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
DAYS = 500


def test_no_claim_overlaps_no_chain_is_half_moved_and_every_answer_is_definite() -> None:
    people = live(500, DAYS)
    print(f"\n{DAYS} days, {sum(people.answers.values())} acts: {dict(people.answers.most_common())}")
    assert people.answers
