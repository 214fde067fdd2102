"""Recording consent: whose answer opens what to whom, and when it closes."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from agencies.models import User
from agencies.secrecy.context import Viewer, acting_as
from bookings.chains.amend import amend_party
from bookings.models import Disclosure, Extract, Link, Meeting, Newcomer
from bookings.parties.amend import Correction, MemberAsAmended, StillNeeded
from bookings.parties.members import Member
from checklists.consent.questions import ConsentScope, Question, scope_of_chain, scope_of_link, scope_of_visit
from checklists.consent.record import (
    ConsentMissing,
    ConsentTooLate,
    NotAnAdult,
    PaperIncomplete,
    grant_consent,
    record_paper_consent,
    refuse_consent,
    withdraw_consent,
)
from checklists.models import ConsentEvent
from checklists.steps.sheet import parts_of
from motesplats.extracts.ask import ask_extract
from motesplats.extracts.making import make_extract
from tests.factories.agencies import ThresholdFactory, UserFactory
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _links_outlast_consents(db) -> None:
    """A consent may last longer than a link; these tests look at it through the link all the same."""
    ThresholdFactory(code="link_days", value=90)


VERBS = {"yes": grant_consent, "no": refuse_consent, "back": withdraw_consent}


@pytest.fixture
def links(chain, owner, acting) -> list[Link]:
    """Both adults'."""
    with acting(owner):
        return list(chain.links.order_by("pk"))


def holder_of(link: Link) -> Viewer:
    return Viewer(link=link.token_hash, code=link.code_hash)


def say(link: Link, answer: str, key: str) -> ConsentEvent:
    """As the link's holder, who has typed the code."""
    with acting_as(holder_of(link)):
        question = scope_of_link(link).questions[key]
        return VERBS[answer](question=question, newcomer=link.newcomer_id, language="ar", at=timezone.now())


def seen_by(user: User, acting) -> set[int]:
    with acting(user):
        return set(Newcomer.objects.values_list("pk", flat=True))


def test_an_adults_yes_opens_that_adults_name_and_both_adults_the_childrens(links, fk, acting):
    first, second = links
    assert seen_by(fk, acting) == set()
    say(first, "yes", "FK.names.MIG")
    assert seen_by(fk, acting) == {first.newcomer_id}
    say(second, "yes", "FK.names.MIG")
    assert len(seen_by(fk, acting)) == 4
    say(first, "back", "FK.names.MIG")
    assert seen_by(fk, acting) == {second.newcomer_id}


def test_what_concerns_the_party_opens_with_both_adults_yes_and_closes_with_one_no(links, fk, acting):
    with acting(fk):
        assert Meeting.objects.count() == 1
    say(links[0], "yes", "FK.meetings.MIG")
    with acting(fk):
        assert Meeting.objects.count() == 1
    say(links[1], "yes", "FK.meetings.MIG")
    with acting(fk):
        assert Meeting.objects.count() > 1
    say(links[1], "no", "FK.meetings.MIG")
    with acting(fk):
        assert Meeting.objects.count() == 1


def test_a_yes_to_checklists_opens_the_disclosers_steps_to_the_recipient_only(
    links, chain, fk, af, owner, acting
):
    for link in links:
        say(link, "yes", "FK.checklist.AF")
    with acting(fk):
        assert {part.agency.code for part in parts_of(chain.reference)} == {"FK", "AF"}
    with acting(owner):
        assert {part.agency.code for part in parts_of(chain.reference)} == {"MIG"}


def test_a_yes_ends_at_its_last_day_and_cannot_be_given_after_it(links, fk, acting, clock):
    event = say(links[0], "yes", "FK.names.MIG")
    clock.move_to(event.until)
    assert seen_by(fk, acting) == set()
    with pytest.raises(ConsentTooLate):
        say(links[0], "yes", "FK.names.MIG")


def test_the_event_keeps_the_text_in_the_language_in_which_it_was_shown(links):
    event = say(links[0], "yes", "FK.names.MIG")
    assert event.language == "ar"
    assert "الاسم" in event.text or "اسمك" in event.text
    assert event.text_version
    assert (event.channel, event.recorded_by, event.until > NOW + timedelta(days=30)) == ("link", None, True)


def test_the_same_answer_twice_is_one_event_and_there_must_be_a_yes_to_take_back(links):
    assert say(links[0], "yes", "FK.names.MIG") == say(links[0], "yes", "FK.names.MIG")
    with pytest.raises(ConsentMissing):
        say(links[1], "back", "FK.names.MIG")


def test_the_database_refuses_an_answer_for_another_adult_or_without_the_code(links):
    first, second = links
    with acting_as(holder_of(first)):
        question = scope_of_link(first).questions["FK.names.MIG"]
    for viewer in (holder_of(first), Viewer(link=second.token_hash), Viewer()):
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
            acting_as(viewer),
        ):
            grant_consent(question=question, newcomer=second.newcomer_id, language="ar", at=NOW)


def test_an_answer_for_a_child_is_refused(links):
    with acting_as(holder_of(links[0])):
        question = scope_of_link(links[0]).questions["FK.names.MIG"]
        with pytest.raises(NotAnAdult):
            grant_consent(question=question, newcomer=question.scope.children[0].pk, language="ar", at=NOW)


def question_of(scope: ConsentScope | None, key: str) -> Question:
    assert scope is not None
    return scope.questions[key]


def on_paper(question: Question, newcomer: int, by: User, **changes: str) -> ConsentEvent:
    """A yes on paper, changed as told."""
    paper = {
        "answer": "given",
        "language": "ar",
        "witness": "Test Vittne",
        "interpreter": "Tolk 12",
    } | changes
    return record_paper_consent(question=question, newcomer=newcomer, by=by, at=NOW, **paper)


def test_the_owner_and_the_agency_whose_steps_they_are_record_answers_on_paper(
    links, chain, owner, fk, af, acting
):
    adults = [link.newcomer_id for link in links]
    with acting(owner):
        question = question_of(scope_of_chain(chain.reference), "FK.names.MIG")
        assert on_paper(question, adults[0], owner).witness == "Test Vittne"
    assert seen_by(fk, acting) == {adults[0]}
    with acting(fk):
        scope = scope_of_visit(chain.reference)
        assert scope is not None
        assert {key.split(".")[2] for key in scope.questions} == {"FK"}
        on_paper(scope.questions["AF.checklist.FK"], adults[0], fk)
    with acting(af):
        assert {part.agency.code for part in parts_of(chain.reference)} == {"AF"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"witness": " "}, "witness"),
        ({"interpreter": ""}, "interpreter"),
        ({"answer": "perhaps"}, "answer"),
        ({"witness": "\u202eab"}, "witness"),
        ({"interpreter": "a" * 101}, "interpreter"),
    ],
)
def test_a_paper_without_answer_witness_or_interpreter_is_refused(
    links, chain, owner, acting, changes, field
):
    with acting(owner):
        question = question_of(scope_of_chain(chain.reference), "FK.names.MIG")
        with pytest.raises(PaperIncomplete) as refused:
            on_paper(question, links[0].newcomer_id, owner, **changes)
    assert list(refused.value.errors) == [field]
    assert not Disclosure.objects.exists()


def test_the_database_refuses_to_change_or_delete_an_event(links, owner, acting):
    say(links[0], "yes", "FK.names.MIG")
    for viewer in (acting(owner), acting_as(holder_of(links[0]))):
        with viewer, connection.cursor() as cursor:
            cursor.execute("SELECT FROM checklists_consentevent")
            assert cursor.rowcount == 1
            for command in (
                "UPDATE checklists_consentevent SET kind = 'refused'",
                "DELETE FROM checklists_consentevent",
            ):
                cursor.execute(command)
                assert cursor.rowcount == 0


def test_the_database_shows_an_event_to_the_party_and_the_discloser_only(links, fk, af, acting):
    say(links[0], "yes", "FK.checklist.AF")
    for user, seen in ((af, 1), (fk, 0), (UserFactory(agency="PM"), 0), (UserFactory(), 0)):
        with acting(user):
            assert ConsentEvent.objects.count() == seen
    assert ConsentEvent.objects.count() == 0
    with acting_as(Viewer(link=links[0].token_hash)):
        assert ConsentEvent.objects.count() == 0


def test_a_queued_extract_of_a_name_is_not_made_after_the_yes_was_taken_back(links, chain, fk, acting):
    say(links[0], "yes", "FK.names.MIG")
    with acting(fk):
        person = Newcomer.objects.get(pk=links[0].newcomer_id)
        waiting = ask_extract(newcomer=person, by=fk, at=NOW)
    say(links[0], "back", "FK.names.MIG")
    make_extract(key=waiting.pk, by=fk, at=timezone.now())
    with acting(fk):
        assert not Extract.objects.exists()
    say(links[0], "yes", "FK.names.MIG")
    with acting(fk):
        assert Extract.objects.get().made_at is None


def test_who_has_answered_stays_in_the_party(links, owner, acting):
    say(links[0], "yes", "FK.names.MIG")
    with acting(owner):
        party = links[0].chain.party
        others = [
            MemberAsAmended(one.key, Member(one.given_name, one.family_name, one.birth_date, one.sex))
            for one in party.members.exclude(pk=links[0].newcomer_id)
        ]
        with pytest.raises(StillNeeded):
            amend_party(party=party, correction=Correction({}, others), by=owner, at=NOW)
        assert party.members.filter(pk=links[0].newcomer_id).exists()
        assert ConsentEvent.objects.exists()
