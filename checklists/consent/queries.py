"""Reads of consent: the events about a question, and the answers to every question of a chain in one query."""

from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet

from agencies.models import Agency
from checklists.consent.answers import ConsentAnswer, present_answers
from checklists.consent.questions import ConsentScope, Question
from checklists.models import ConsentEvent


def events_about(question: Question) -> QuerySet[ConsentEvent]:
    """Every answer that the party's adults have given to the question, in the order written."""
    return ConsentEvent.objects.filter(
        party=question.scope.party_id,
        discloser=question.discloser,
        recipient=question.recipient,
        category=question.category,
    )


def answers_by_question(scope: ConsentScope, *, at: datetime) -> dict[str, dict[int, ConsentAnswer]]:
    """By the key of each question the adults' present answers, by newcomer's primary key."""
    events = defaultdict(list)
    for event in ConsentEvent.objects.filter(party=scope.party_id):
        events[event.discloser_id, event.recipient_id, event.category].append(event)
    return {
        key: present_answers(events[question.discloser.pk, question.recipient.pk, question.category], at=at)
        for key, question in scope.questions.items()
    }


def receipts_of(newcomer: int, recipient: Agency | None = None) -> list[ConsentEvent]:
    """One's own answers about the office, without one about every office, the latest first.

    Of what was written for one answer to a folded question the event written last stands for all.
    """
    own = ConsentEvent.objects.filter(newcomer=newcomer)
    found = own.filter(recipient=recipient) if recipient else own
    latest = found.select_related("discloser__municipality", "recipient__municipality").order_by("-pk")
    by_answer = {(event.text, event.at, event.kind == event.Kind.GIVEN): event for event in reversed(latest)}
    return sorted(by_answer.values(), key=lambda event: -event.pk)
