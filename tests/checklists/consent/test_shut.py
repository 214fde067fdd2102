"""Answers end when the identity is protected, and when a new day makes others the adults who decide."""

from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import User
from agencies.secrecy.context import Viewer, acting_as
from bookings.chains.book import cancel_chain, move_chain
from bookings.models import Chain, Disclosure, Link
from bookings.parties.protect import protect_party
from checklists.consent.answers import open_until
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import Question, scope_of_chain, scope_of_link
from checklists.consent.record import (
    QuestionChanged,
    grant_consent,
    record_paper_consent,
    withdraw_consent,
)
from checklists.models import ConsentEvent
from tests.bookings.booking_steps import (
    FIRST,
    PARENTS,
    SECOND,
    THIRD,
    book,
    open_days,
    register,
    signed_proposal,
)
from tests.factories.bookings import ChainFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db
MEETINGS, NAMES = "FK.meetings.MIG", "FK.names.MIG"
CHILD = date(SECOND.year - 18, SECOND.month, SECOND.day)


@pytest.fixture
def family(owner, acting) -> Chain:
    """Both parents and a child who is 18 on the second day, booked for the first one."""
    open_days(FIRST, SECOND, THIRD)
    with acting(owner):
        return book(register(owner, births=(*PARENTS, CHILD)), owner, last=FIRST)


def holding(link: Link) -> AbstractContextManager[None]:
    return acting_as(Viewer(link=link.token_hash, code=link.code_hash))


def links_of(chain: Chain, owner: User, acting) -> list[Link]:
    with acting(owner):
        return list(chain.links.order_by("pk"))


def says_yes(link: Link, key: str) -> None:
    with holding(link):
        question = scope_of_link(link).questions[key]
        grant_consent(question=question, newcomer=link.newcomer_id, language="ar", at=NOW)


def asked(chain: Chain, key: str) -> Question:
    scope = scope_of_chain(chain.reference)
    assert scope is not None
    return scope.questions[key]


def is_open(chain: Chain, key: str) -> bool:
    """By the rows; they and the answers shown say the same."""
    question = asked(chain, key)
    shown = open_until(
        answers_by_question(question.scope, at=NOW)[key], adults=question.scope.number_of_adults
    )
    rows = Disclosure.objects.filter(category=question.category, agency=question.recipient, newcomer=None)
    if question.category == "meetings":
        assert rows.exists() == (shown is not None)
    return rows.exists()


def move(chain: Chain, owner: User, acting, day: date) -> None:
    with acting(owner):
        chain = Chain.objects.get(pk=chain.pk)
        proposal = signed_proposal(chain.party, first=day, last=day, moving=chain)
        move_chain(chain=chain, proposal=proposal, by=owner, at=NOW)


def test_a_yes_of_before_the_protection_does_not_count_with_a_later_one(family, owner, acting):
    says_yes(links_of(family, owner, acting)[0], MEETINGS)
    with acting(owner):
        protect_party(party=family.party, reason="The tax agency says so.", by=owner, at=NOW)
    first, second = links_of(family, owner, acting)
    says_yes(second, MEETINGS)
    with acting(owner):
        assert not is_open(family, MEETINGS)
    says_yes(first, MEETINGS)
    with acting(owner):
        assert is_open(family, MEETINGS)
        assert [event.is_shut for event in ConsentEvent.objects.all()] == [True, False, False]


steps = st.lists(st.sampled_from(["first", "second", "first back", "protect"]), min_size=2, max_size=7)


@given(steps)
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_said_before_it_only_answers_after_the_protection_count(family, owner, acting, said):
    yes: set[int] = set()
    with transaction.atomic():
        for each in said:
            if each == "protect":
                with acting(owner):
                    party = Chain.objects.get(pk=family.pk).party
                    was, party = (
                        party.is_protected,
                        protect_party(party=party, reason="Told so.", by=owner, at=NOW),
                    )
                yes = yes if was else set()
                continue
            number = 0 if each.startswith("first") else 1
            link = links_of(family, owner, acting)[number]
            if not each.endswith("back"):
                says_yes(link, MEETINGS)
                yes.add(number)
            elif number in yes:
                with holding(link):
                    question = scope_of_link(link).questions[MEETINGS]
                    withdraw_consent(question=question, newcomer=link.newcomer_id, language="ar", at=NOW)
                yes.discard(number)
            with acting(owner):
                assert is_open(family, MEETINGS) == (yes == {0, 1})
        transaction.set_rollback(True)


def test_the_witness_of_a_paper_is_gone_with_the_names(family, owner, acting):
    paper = {"answer": "given", "language": "ar", "interpreter": "Layla Haddad", "by": owner, "at": NOW}
    with acting(owner):
        question = asked(family, MEETINGS)
        adult = question.scope.adults[0].pk
        record_paper_consent(question=question, newcomer=adult, witness="Layla Haddad", **paper)
        protect_party(party=family.party, reason="The tax agency says so.", by=owner, at=NOW)
        question = asked(family, MEETINGS)
        record_paper_consent(question=question, newcomer=adult, witness="Omar Haddad", **paper)
        told = list(ConsentEvent.objects.values_list("witness", "interpreter"))
    assert told == [("…", "…"), ("Omar …", "… …")]


def test_whoever_has_grown_up_by_the_new_day_is_asked_and_what_the_parents_opened_is_shut(
    family, owner, acting
):
    for link in links_of(family, owner, acting):
        says_yes(link, MEETINGS)
        says_yes(link, NAMES)
    with acting(owner):
        assert is_open(family, MEETINGS)
        assert Disclosure.objects.filter(category="names").count() == 3
    move(family, owner, acting, SECOND)
    links = links_of(family, owner, acting)
    assert len(links) == 3
    with acting(owner):
        assert not Disclosure.objects.exists()
    for link in links[:2]:
        says_yes(link, MEETINGS)
        says_yes(link, NAMES)
    with acting(owner):
        assert not is_open(family, MEETINGS)
        assert not Disclosure.objects.filter(newcomer=links[2].newcomer_id).exists()
    says_yes(links[2], MEETINGS)
    with acting(owner):
        assert is_open(family, MEETINGS)


def test_a_yes_of_whoever_is_a_child_on_the_new_day_replaces_no_adults(family, owner, acting):
    move(family, owner, acting, SECOND)
    links = links_of(family, owner, acting)
    for link in (links[0], links[2]):
        says_yes(link, MEETINGS)
        says_yes(link, NAMES)
    move(family, owner, acting, FIRST)
    with acting(owner):
        assert not Disclosure.objects.exists()
        assert not is_open(family, MEETINGS)
    says_yes(links[0], MEETINGS)
    with acting(owner):
        assert not is_open(family, MEETINGS)


def test_a_new_booking_asks_anew_if_somebody_has_grown_up_by_then(family, owner, acting):
    for link in links_of(family, owner, acting):
        says_yes(link, MEETINGS)
    with acting(owner):
        cancel_chain(chain=Chain.objects.get(pk=family.pk), reason="Sjuk", by=owner, at=NOW)
        anew = book(family.party, owner, first=SECOND)
        assert not is_open(anew, MEETINGS)
        assert not Disclosure.objects.exists()


def test_a_move_that_changes_no_adult_shuts_nothing(family, owner, acting):
    move(family, owner, acting, SECOND)
    for link in links_of(family, owner, acting):
        says_yes(link, MEETINGS)
    move(family, owner, acting, THIRD)
    with acting(owner):
        assert is_open(family, MEETINGS)


def test_an_answer_to_a_day_that_has_been_moved_meanwhile_is_refused(family, owner, acting):
    link = links_of(family, owner, acting)[0]
    with holding(link):
        question = scope_of_link(link).questions[MEETINGS]
    move(family, owner, acting, SECOND)
    with holding(link), pytest.raises(QuestionChanged):
        grant_consent(question=question, newcomer=link.newcomer_id, language="ar", at=NOW)


def test_a_link_lives_as_long_as_what_was_opened_by_consent(family, owner, acting):
    """A yes about the checklist holds 90 days after the day, a link by itself 30."""
    links, key = links_of(family, owner, acting), "FK.checklist.MIG"
    with acting(owner):
        before, until = links[0].valid_until, asked(family, key).until
        assert before < until - timedelta(days=50)
    says_yes(links[0], key)
    assert links_of(family, owner, acting)[0].valid_until == before
    says_yes(links[1], key)
    assert [link.valid_until for link in links_of(family, owner, acting)] == [until, until]
    with acting(owner):
        Link.objects.update(valid_until=before)
        assert set(Link.objects.values_list("valid_until", flat=True)) == {until}


def test_what_is_open_can_be_taken_back_on_its_last_day(family, owner, acting, clock):
    links, key = links_of(family, owner, acting), "FK.checklist.MIG"
    for link in links:
        says_yes(link, key)
    with acting(owner):
        until = asked(family, key).until
    clock.move_to(until - timedelta(minutes=1))
    with holding(links[0]):
        question = scope_of_link(links[0]).questions[key]
        withdraw_consent(
            question=question,
            newcomer=links[0].newcomer_id,
            language="ar",
            at=until - timedelta(minutes=1),
        )
    with acting(owner):
        assert not Disclosure.objects.exists()


def test_a_first_day_waits_for_nobody_and_a_further_one_for_who_answers(owner, acting):
    open_days(FIRST)
    with acting(owner), transaction.atomic():
        chain = ChainFactory(party=register(owner))
        assert advisory_locks() == 0
        Chain.objects.filter(pk=chain.pk).update(state="cancelled", cancelled_at=NOW, cancel_reason="Sjuk")
        ChainFactory(party=chain.party)
        assert advisory_locks() == 1


def advisory_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted"
        )
        return int(cursor.fetchone()[0])
