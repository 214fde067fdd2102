"""Answer a round, once, with nothing that leads back to whoever answered; or type a paper that somebody handed in."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import User
from agencies.refusals import Refusal
from motesplats.followup.surveys.queries import Audience, marker_of, may_answer, rounds_of
from motesplats.followup.surveys.scale import BEST, WORST
from motesplats.models import RoundAnswer, RoundMarker, SurveyRound


class NotAskedHere(Refusal):
    kind = "not-asked"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("You are not asked in this survey."))


class RoundNotOpen(Refusal):
    kind = "not-open"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This survey cannot be answered today."))


class RoundAnswered(Refusal):
    kind = "already-answered"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("You have answered this survey. Each answers once."))


class GradesRefused(Refusal):
    """No question is answered, or a grade is not on the scale; `errors` by the question's field, such as `q1`."""

    kind = "value-not-allowed"


@transaction.atomic
def answer_round(*, round: SurveyRound, grades: Mapping[int, int], by: User, at: datetime) -> None:  # noqa: A002
    """Keep the grades by the question's number; any question may be skipped, but not all.

    Staff answer once; of papers as many are typed as were handed in. Raises NotAskedHere, RoundNotOpen, GradesRefused
    and RoundAnswered.
    """
    if not may_answer(by, round) or not rounds_of(by).filter(pk=round.pk).exists():
        raise NotAskedHere
    if not round.opens_on <= local(at).date() <= round.closes_on:
        raise RoundNotOpen
    questions = {question.number: question for question in round.instrument.questions.all()}
    _check(grades, questions.keys())
    if round.instrument.audience == Audience.STAFF:
        _mark(by, round)
    reply = uuid.uuid4()
    RoundAnswer.objects.bulk_create(
        RoundAnswer(reply=reply, round=round, question=questions[number], grade=grade)
        for number, grade in grades.items()
    )


def _check(grades: Mapping[int, int], numbers: Collection[int]) -> None:
    errors = {
        f"q{number}": [_("A grade is 1 to 7.")]
        for number, grade in grades.items()
        if number not in numbers or not WORST <= grade <= BEST
    }
    if errors:
        raise GradesRefused(_("A grade is 1 to 7."), errors=errors)
    if not grades:
        raise GradesRefused(_("Answer one question at least."))


def _mark(by: User, one: SurveyRound) -> None:
    try:
        with transaction.atomic():
            RoundMarker.objects.bulk_create([RoundMarker(digest=marker_of(by, one))])
    except IntegrityError:
        raise RoundAnswered from None
