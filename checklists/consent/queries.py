"""Named reads of consent: how every question of a chain stands, in one query."""

from collections import defaultdict
from datetime import datetime

from checklists.consent.answers import Answer, answers
from checklists.consent.questions import ConsentScope
from checklists.models import ConsentEvent


def answers_about(scope: ConsentScope, *, at: datetime) -> dict[str, dict[int, Answer]]:
    """By the key of each question the adults' present answers."""
    events = defaultdict(list)
    for event in ConsentEvent.objects.filter(party=scope.party_id):
        events[event.discloser_id, event.recipient_id, event.category].append(event)
    return {
        key: answers(events[question.discloser.pk, question.recipient.pk, question.category], at=at)
        for key, question in scope.questions.items()
    }
