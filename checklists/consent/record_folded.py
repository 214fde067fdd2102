"""Record an adult's answer to a folded question: an event for each finer one that it covers, all or none."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from checklists.consent.folded import YES, Answers, FoldedQuestion
from checklists.consent.queries import answers_by_question
from checklists.consent.record import Kind, QuestionChanged, kind_of_no, record_answer
from checklists.models import ConsentEvent
from checklists.order import lock_party, moment_after


def answer_folded(
    *, folded: FoldedQuestion, newcomer: int, answer: str, language: str, seen: str, at: datetime
) -> list[ConsentEvent]:
    """The adult answers YES or NO to all that the question covers; `seen` is that of the question (`seen_of`).

    Raises QuestionChanged if its text or the adult's own finer answers are others now, unless those say that already.
    """
    with transaction.atomic():
        lock_party(folded.scope.party_id)
        answers = answers_by_question(folded.scope, at=at)
        text, own = seen_of(folded, answers, newcomer=newcomer, language=language).split(".")
        says_it_already = folded.state(answers, newcomer=newcomer) == answer
        if seen.partition(".")[0] != text or (seen.partition(".")[2] != own and not says_it_already):
            raise QuestionChanged(_("This question has changed. Read it again before you answer."))
        said = (each.said_at for question in folded.covers for each in answers[question.key].values())
        moment = moment_after(said, at=at)
        return [
            record_answer(
                Kind.GIVEN if answer == YES else kind_of_no(answers[question.key].get(newcomer)),
                question,
                newcomer,
                language,
                shown=folded,
                at=moment,
            )
            for question in folded.covers
        ]


def seen_of(folded: FoldedQuestion, answers: Answers, *, newcomer: int, language: str) -> str:
    """What a form brings back: which text was read, and which own answers it stood beside."""
    return f"{folded.digest(language)}.{folded.answers_digest(answers, newcomer=newcomer)}"
