"""Answers at the same moment, on link and paper: the door is open if the answers that are shown then say so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest

from agencies.models import User
from agencies.read_log.notes import taking_notes
from agencies.secrecy.context import Viewer, acting_as, viewer_of
from bookings.models import Disclosure, Link
from checklists.consent.answers import open_until
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import scope_of_chain, scope_of_link
from checklists.consent.record import (
    grant_consent,
    record_paper_consent,
    refuse_consent,
    withdraw_consent,
)
from checklists.models import ConsentEvent
from tests.moment import NOW
from tests.together import Together

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "FK.meetings.MIG"
PAIRS = 120

Say = Callable[[datetime], object]


def holder_of(link: Link) -> Viewer:
    return Viewer(link=link.token_hash, code=link.code_hash)


def on_link(link: Link, verb) -> Say:
    with acting_as(holder_of(link)):
        question = scope_of_link(link).questions[KEY]

    def say(at: datetime) -> None:
        with acting_as(holder_of(link)):
            verb(question=question, newcomer=link.newcomer_id, language="ar", at=at)

    return say


def on_paper(link: Link, by: User, answer: str) -> Say:
    paper = {"witness": "Test Vittne", "interpreter": "Tolk 12", "language": "ar"}
    with acting_as(viewer_of(by)):
        scope = scope_of_chain(link.chain.reference)
    assert scope is not None
    question = scope.questions[KEY]

    def say(at: datetime) -> None:
        with acting_as(viewer_of(by)), taking_notes():
            record_paper_consent(
                question=question, newcomer=link.newcomer_id, answer=answer, by=by, at=at, **paper
            )

    return say


@pytest.fixture
def links(chain, owner, acting) -> list[Link]:
    with acting(owner):
        return list(chain.links.select_related("chain").order_by("pk"))


@pytest.fixture
def as_shown(chain, owner, acting) -> Callable[[], tuple[list[str], bool]]:
    """Gives each adult's answer that is shown, and whether the door is open; the two must agree."""

    def look() -> tuple[list[str], bool]:
        with acting(owner):
            scope = scope_of_chain(chain.reference)
            assert scope is not None
            answers = answers_by_question(scope, at=NOW)[KEY]
            is_open = Disclosure.objects.exists()
            moments = list(ConsentEvent.objects.values_list("at", flat=True))
        assert is_open == (open_until(answers, adults=2) is not None)
        assert moments == sorted(moments)
        return [answers[adult.pk].state for adult in scope.adults], is_open

    return look


def test_a_yes_and_a_no_of_one_adult_at_once_leave_the_door_as_the_answer_shown(links, as_shown, owner):
    """On link and paper in 120 pairs, each with moments read before the lock, in either order."""
    dice = Random(8)
    on_link(links[1], grant_consent)(NOW)
    yes, no = on_link(links[0], grant_consent), on_link(links[0], refuse_consent)
    paper_yes, paper_no = on_paper(links[0], owner, "given"), on_paper(links[0], owner, "refused")
    with Together(2) as two:
        for number in range(PAIRS):
            said = [(yes, no), (yes, paper_no), (paper_yes, no)][number % 3]
            at = [NOW + timedelta(milliseconds=dice.randrange(10 * number, 10 * number + 20)) for _ in said]
            two.do(*map(partial, dice.sample(said, 2), at))
            states, is_open = as_shown()
            assert is_open == (states == ["given", "given"])


@pytest.mark.parametrize("second", [grant_consent, refuse_consent])
def test_what_is_open_follows_from_both_answers(links, as_shown, second):
    first, other = links
    with Together(2) as two:
        for _again in range(5):
            two.do(*(partial(on_link(*each), NOW) for each in ((first, grant_consent), (other, second))))
            assert as_shown()[1] == (second is grant_consent)
            two.do(
                *(
                    partial(on_link(*each), NOW)
                    for each in ((first, withdraw_consent), (other, refuse_consent))
                )
            )
            assert not as_shown()[1]
