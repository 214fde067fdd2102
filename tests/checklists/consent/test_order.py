"""The order written decides, whatever moments answers bring: the door is open if the answers shown say so."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import permutations, product

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import User
from agencies.secrecy.context import Viewer, acting_as
from bookings.models import Disclosure, Link, Meeting
from checklists.consent.answers import open_until
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import Question, scope_of_chain, scope_of_link
from checklists.consent.record import (
    ConsentMissing,
    ConsentTooLate,
    grant_consent,
    record_paper_consent,
    refuse_consent,
    withdraw_consent,
)
from checklists.models import ConsentEvent
from tests.factories.agencies import ThresholdFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _links_outlast_consents(db) -> None:
    """A consent may last longer than a link; these tests look at it through the link all the same."""
    ThresholdFactory(code="link_days", value=90)


KEY = "FK.meetings.MIG"
VERBS = {"given": grant_consent, "refused": refuse_consent, "withdrawn": withdraw_consent}


@dataclass(frozen=True)
class Said:
    """An answer of the adult of that number, and the moment that whoever records it has read before it is written."""

    adult: int
    answer: str
    way: str
    at: datetime


class Family:
    """Both adults, their caseworker with the paper, and the agency about which they are asked."""

    def __init__(self, links: list[Link], owner: User, fk: User, acting) -> None:
        self.links, self.owner, self.fk, self.acting = links, owner, fk, acting
        with acting(owner):
            scope = scope_of_chain(links[0].chain.reference)
            assert scope is not None
            self.asked: Question = scope.questions[KEY]
        self.by_link = []
        for link in links:
            with self.holding(link):
                self.by_link.append(scope_of_link(link).questions[KEY])

    def holding(self, link: Link) -> AbstractContextManager[None]:
        return acting_as(Viewer(link=link.token_hash, code=link.code_hash))

    def say(self, said: Said) -> bool:
        """Whether the answer was taken."""
        link = self.links[said.adult]
        try:
            if said.way == "paper":
                self._on_paper(link, said)
            else:
                with self.holding(link):
                    VERBS[said.answer](
                        question=self.by_link[said.adult],
                        newcomer=link.newcomer_id,
                        language="ar",
                        at=said.at,
                    )
        except (ConsentMissing, ConsentTooLate):
            return False
        return True

    def _on_paper(self, link: Link, said: Said) -> None:
        with self.acting(self.owner):
            record_paper_consent(
                question=self.asked,
                newcomer=link.newcomer_id,
                answer=said.answer,
                language="sv",
                witness="Test Vittne",
                interpreter="Tolk 12",
                by=self.owner,
                at=said.at,
            )

    def shown(self, *, at: datetime) -> list[str]:
        """Each adult's answer as staff and that adult are shown it."""
        states = []
        with self.acting(self.owner):
            told = answers_by_question(self.asked.scope, at=at)[KEY]
        for link, question in zip(self.links, self.by_link, strict=True):
            with self.holding(link):
                own = answers_by_question(question.scope, at=at)[KEY].get(link.newcomer_id)
            assert own == told.get(link.newcomer_id)
            states.append(own.state if own else "")
        until = open_until(told, adults=2)
        assert (until is not None) == (states == ["given", "given"])
        return states

    def is_open(self) -> bool:
        """By the disclosure's row and by what the agency sees."""
        with self.acting(self.owner):
            row = Disclosure.objects.filter(category="meetings", agency=self.fk.agency).first()
        with self.acting(self.fk):
            sees_others = Meeting.objects.count() > 1
        assert sees_others == bool(row)
        return sees_others

    def moments(self) -> list[datetime]:
        with self.acting(self.owner):
            return list(ConsentEvent.objects.values_list("at", flat=True))


@pytest.fixture
def family(chain, owner, fk, acting) -> Family:
    with acting(owner):
        links = list(chain.links.select_related("chain").order_by("pk"))
    return Family(links, owner, fk, acting)


def holds(family: Family, said: Sequence[Said]) -> None:
    """Said in this order: what was taken last is shown, and the door stands as the answers shown say, after each."""
    last = ["", ""]
    for each in said:
        before = list(last)
        if family.say(each):
            last[each.adult] = each.answer
        else:
            assert each.answer == "withdrawn"
            assert before[each.adult] in ("", "refused")
        assert family.shown(at=min(one.at for one in said)) == last
        assert family.is_open() == (last == ["given", "given"])
    assert family.moments() == sorted(family.moments())


def each_from_the_start(orders: Iterator[Sequence[Said]], family: Family) -> None:
    for said in orders:
        with transaction.atomic():
            holds(family, said)
            transaction.set_rollback(True)


def after(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


SET = (
    Said(0, "given", "link", after(0)),
    Said(0, "refused", "paper", after(2)),
    Said(1, "given", "paper", after(3)),
    Said(0, "given", "link", after(1)),
)


def test_in_every_order_the_door_is_open_if_the_answers_shown_say_so(family):
    each_from_the_start(permutations(SET), family)


def test_two_answers_of_one_adult_in_every_order_of_writing_and_of_moments(family):
    """With the other adult's yes given before: what was written last decides, on paper or on the link."""
    other = Said(1, "given", "link", after(1))
    each_from_the_start(
        (
            (other, Said(0, "given", way, after(first)), Said(0, no, back, after(second)))
            for no, (way, back), (first, second) in product(
                ("refused", "withdrawn"), product(("link", "paper"), repeat=2), ((0, 2), (2, 0), (1, 1))
            )
        ),
        family,
    )


answers = st.builds(
    Said,
    st.sampled_from([0, 1]),
    st.sampled_from(["given", "given", "refused", "withdrawn"]),
    st.sampled_from(["link", "paper"]),
    st.integers(-90, 90).map(after),
)


@given(st.data())
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_moments_answers_bring_the_door_is_open_if_the_answers_shown_say_so(family, data):
    """Any set of answers with any moments, in any order."""
    said = data.draw(st.lists(answers, min_size=2, max_size=6).flatmap(st.permutations))
    each_from_the_start(iter([said]), family)


def test_a_yes_that_waited_for_the_lock_until_its_last_day_had_passed_is_refused(family, clock):
    """Its own moment lies before that; the answer written before it does not."""
    until = family.asked.until
    assert family.say(Said(1, "refused", "paper", until + timedelta(seconds=1)))
    assert not family.say(Said(0, "given", "link", until - timedelta(seconds=1)))
    assert family.say(Said(0, "refused", "link", until - timedelta(seconds=1)))
    assert min(family.moments()) > until


def test_a_yes_that_has_ended_is_shown_as_ended_and_opens_nothing(family, clock):
    for adult in (0, 1):
        assert family.say(Said(adult, "given", "link", after(adult)))
    clock.move_to(family.asked.until)
    assert family.shown(at=family.asked.until) == ["ended", "ended"]
    with family.acting(family.fk):
        assert Meeting.objects.count() == 1
