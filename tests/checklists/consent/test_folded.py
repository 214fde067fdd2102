"""Folded questions: what they cover, and that their state agrees with the finer answers whatever the order."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import Agency
from agencies.secrecy.context import Viewer, acting_as
from bookings.models import Disclosure, Link
from checklists.consent.folded import DIFFERS, NO, UNANSWERED, YES, FoldedQuestions
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import ConsentScope, scope_of_link
from checklists.consent.record import (
    QuestionChanged,
    grant_consent,
    kind_of_no,
    record_answer,
    refuse_consent,
)
from checklists.consent.record_folded import answer_folded, seen_of
from checklists.models import ConsentEvent, ConsentPeriod
from tests.moment import NOW

pytestmark = pytest.mark.django_db
FINER = {
    "FK.you": ["FK.names.MIG", "FK.note.MIG"],
    "FK.day": [
        "FK.meetings.MIG",
        *(f"FK.checklist.{code}" for code in ("MIG", "SKV", "KOM-0581", "AF")),
    ],
}


def holding(link: Link) -> AbstractContextManager[None]:
    return acting_as(Viewer(link=link.token_hash, code=link.code_hash))


@pytest.fixture
def links(chain, owner, acting) -> list[Link]:
    with acting(owner):
        return list(chain.links.order_by("pk"))


@pytest.fixture
def scope(links) -> ConsentScope:
    with holding(links[0]):
        return scope_of_link(links[0])


def answer(link: Link, key: str, said: str) -> None:
    """Say yes or no to a folded question as the page has it."""
    with holding(link):
        scope = scope_of_link(link)
        folded, answers = FoldedQuestions(scope, NOW).by_key[key], answers_by_question(scope, at=NOW)
        seen = seen_of(folded, answers, newcomer=link.newcomer_id, language="ar")
        answer_folded(folded=folded, newcomer=link.newcomer_id, answer=said, language="ar", seen=seen, at=NOW)


def answer_finer(link: Link, key: str, said: str) -> None:
    with holding(link):
        scope = scope_of_link(link)
        before = answers_by_question(scope, at=NOW)[key].get(link.newcomer_id)
        kind = ConsentEvent.Kind.GIVEN if said == YES else kind_of_no(before)
        record_answer(kind, scope.questions[key], link.newcomer_id, "ar", at=NOW)


def states(link: Link) -> dict[str, str]:
    with holding(link):
        scope = scope_of_link(link)
        answers = answers_by_question(scope, at=NOW)
        folded = FoldedQuestions(scope, NOW).by_key
        return {key: folded[key].state(answers, newcomer=link.newcomer_id) for key in FINER}


def test_the_folded_questions_cover_every_finer_one_about_the_office_once(scope):
    folded = FoldedQuestions(scope, NOW).by_key
    for key, finer in FINER.items():
        assert sorted(question.key for question in folded[key].covers) == sorted(finer)
    about_fk = {key for key in scope.questions if key.startswith("FK.")}
    assert about_fk == {key for finer in FINER.values() for key in finer}


def test_with_ever_more_offices_a_person_is_asked_ten_questions_and_an_office_two(scope):
    more = tuple(Agency(pk=900 + number, code=f"X{number}") for number in range(4))
    folded = FoldedQuestions(replace(scope, agencies=(*scope.agencies, *more)), NOW)
    assert len(folded.by_key) == 10
    assert {len(folded.about(office)) for office in folded.offices} == {2}
    assert scope.owner not in folded.offices


def test_what_would_have_ended_already_is_not_asked(scope):
    day = timedelta(days=1)
    after_meetings = FoldedQuestions(scope, scope.questions["FK.meetings.MIG"].until + day)
    assert "FK.you" not in after_meetings.by_key
    assert {q.category for q in after_meetings.by_key["FK.day"].covers} == {"checklist"}
    after_all = FoldedQuestions(scope, scope.questions["FK.checklist.MIG"].until + day)
    assert (after_all.by_key, after_all.offices) == ({}, [])


def test_a_yes_holds_as_long_after_the_day_as_is_said_for_that_day(scope):
    before = scope.questions["FK.names.MIG"].until
    ConsentPeriod.objects.create(category="names", days=10, valid_from=scope.day)
    ConsentPeriod.objects.create(category="names", days=300, valid_from=scope.day + timedelta(days=1))
    changed = replace(scope).questions
    assert changed["FK.names.MIG"].until == before - timedelta(days=20)
    assert changed["FK.note.MIG"].until == scope.questions["FK.note.MIG"].until


said = st.tuples(
    st.sampled_from([0, 1]),
    st.sampled_from([*FINER, *FINER["FK.you"], *FINER["FK.day"][:2]]),
    st.sampled_from([YES, YES, NO]),
)


@given(st.lists(said, min_size=2, max_size=7))
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_in_every_order_the_folded_state_agrees_with_the_finer_answers(links, owner, acting, answers):
    expected: list[dict[str, str]] = [{}, {}]
    with transaction.atomic():
        for adult, key, word in answers:
            (answer if key in FINER else answer_finer)(links[adult], key, word)
            expected[adult] |= dict.fromkeys(FINER.get(key, [key]), word)
            for link, own in zip(links, expected, strict=True):
                assert states(link) == {folded: _folds(own, finer) for folded, finer in FINER.items()}
            with acting(owner):
                is_open = Disclosure.objects.filter(category="meetings").exists()
            assert is_open == all(own.get("FK.meetings.MIG") == YES for own in expected)
        transaction.set_rollback(True)


def _folds(own: dict[str, str], finer: list[str]) -> str:
    words = {own.get(key, UNANSWERED) for key in finer}
    return words.pop() if len(words) == 1 else DIFFERS


def test_one_answer_is_written_whole_or_not_at_all(links, scope, owner, acting):
    """A question of another day among those covered is refused, and with it what was written before it."""
    folded = FoldedQuestions(scope, NOW).by_key["FK.day"]
    *first, last = folded.covers
    moved = replace(last, scope=replace(scope, day=scope.day + timedelta(days=1)))
    broken = replace(folded, covers=(*first, moved))
    with holding(links[0]):
        answers = answers_by_question(scope, at=NOW)
        seen = seen_of(broken, answers, newcomer=links[0].newcomer_id, language="ar")
        with pytest.raises(QuestionChanged):
            answer_folded(
                folded=broken,
                newcomer=links[0].newcomer_id,
                answer=YES,
                language="ar",
                seen=seen,
                at=NOW,
            )
        assert not ConsentEvent.objects.exists()


@pytest.mark.parametrize("verb", [grant_consent, refuse_consent])
def test_an_answer_beside_which_another_was_given_meanwhile_is_refused(links, scope, verb: Callable):
    link = links[0]
    with holding(link):
        folded = FoldedQuestions(scope, NOW).by_key["FK.you"]
        seen = seen_of(folded, answers_by_question(scope, at=NOW), newcomer=link.newcomer_id, language="ar")
        verb(question=scope.questions["FK.note.MIG"], newcomer=link.newcomer_id, language="ar", at=NOW)
        with pytest.raises(QuestionChanged):
            answer_folded(
                folded=folded, newcomer=link.newcomer_id, answer=YES, language="ar", seen=seen, at=NOW
            )
        assert ConsentEvent.objects.count() == 1


def test_an_answer_to_another_text_is_refused(links, scope):
    link = links[0]
    with holding(link), pytest.raises(QuestionChanged):
        answer_folded(
            folded=FoldedQuestions(scope, NOW).by_key["FK.you"],
            newcomer=link.newcomer_id,
            answer=YES,
            language="ar",
            seen="",
            at=NOW,
        )


def test_the_office_that_summons_is_asked_about_only_part_by_part(scope):
    keys = FoldedQuestions(scope, NOW).by_key
    assert not [key for key in keys if key.startswith("MIG.")]
    assert [key for key in scope.questions if key.startswith("MIG.")]
