"""The fold of consent events into present answers, for random events of two adults."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from checklists.consent.answers import open_until, present_answers

START = datetime(2026, 12, 8, tzinfo=UTC)
ADULTS = (1, 2)


@dataclass(frozen=True)
class Event:
    kind: str
    newcomer_id: int
    until: datetime
    at: datetime
    pk: int
    channel: str = "link"
    is_shut: bool = False


moments = st.integers(0, 20).map(lambda hours: START + timedelta(hours=hours))
events = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from(["given", "refused", "withdrawn"]),
        newcomer_id=st.sampled_from(ADULTS),
        until=moments,
        at=moments,
        pk=st.integers(),
        is_shut=st.booleans(),
    ),
    unique_by=lambda event: event.pk,
    max_size=12,
)


@given(events, moments, st.randoms())
def test_the_order_in_which_events_are_read_does_not_matter(found, at, dice):
    shuffled = list(found)
    dice.shuffle(shuffled)
    assert present_answers(shuffled, at=at) == present_answers(found, at=at)


@given(events, moments)
def test_an_adult_says_yes_if_the_event_written_last_is_a_yes_that_has_not_ended(found, at):
    """Whatever the moments that the events bring, also later ones than the asker's."""
    answers = present_answers(found, at=at)
    for who in ADULTS:
        own = sorted((e.pk, e.kind, e.until, e.is_shut) for e in found if e.newcomer_id == who)
        yes = bool(own) and own[-1][1] == "given" and own[-1][2] > at and not own[-1][3]
        assert (who in answers and answers[who].is_yes) == yes


@given(events, moments)
def test_it_is_open_if_both_adults_say_yes_until_the_first_yes_ends(found, at):
    answers = present_answers(found, at=at)
    yes = [answers[who].until for who in ADULTS if who in answers and answers[who].is_yes]
    assert open_until(answers, adults=2) == (min(yes) if len(yes) == len(ADULTS) else None)


@given(events, moments, st.sampled_from(ADULTS), st.sampled_from(["refused", "withdrawn"]))
def test_a_no_or_a_withdrawal_of_one_adult_closes_it(found, at, who, kind):
    last = Event(kind, who, at, at, max((event.pk for event in found), default=0) + 1)
    assert open_until(present_answers([*found, last], at=at), adults=2) is None


def test_without_adults_nothing_is_open():
    assert open_until({}, adults=0) is None
