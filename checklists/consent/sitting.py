"""Record a sitting at the desk: what each adult who is present says to each question, all of it or nothing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.models import Newcomer
from bookings.summons.adults import adults_by_number
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import ConsentScope, Question
from checklists.consent.record import (
    Kind,
    errors_in_names,
    kind_of_no,
    paper_names,
    record_answer,
    require_unchanged,
)
from checklists.models import ConsentEvent
from checklists.order import lock_party


@dataclass(frozen=True, slots=True)
class Said:
    """A yes or no of the adult with this number; `digest` is that of the text which was read."""

    question: Question
    adult: str
    is_yes: bool
    digest: str

    @property
    def field(self) -> str:
        return f"{self.question.key}.{self.adult}"


class SittingRefused(Refusal):
    kind = "sitting-refused"


def record_sitting(
    scope: ConsentScope,
    *,
    said: Sequence[Said],
    present: Collection[str],
    witness: str,
    interpreter: str,
    by: User,
    at: datetime,
) -> list[ConsentEvent]:
    """Record every answer, of the adults who are present, with one witness and one interpreter.

    Raises SittingRefused with each message at its field: `present`, `witness`, `interpreter` or the answer's own.
    """
    names = paper_names(witness, interpreter)
    errors = errors_in_names(names, needs_interpreter=scope.needs_interpreter)
    adults = adults_by_number(scope.adults)
    if wrong := _wrong_presence(said, present, adults):
        errors["present"] = [wrong]
    if not said:
        errors[""] = [_("Choose what the person said.")]
    if errors:
        raise SittingRefused(_("Look at the marked fields."), errors=errors)
    with transaction.atomic():
        lock_party(scope.party_id)
        recorded = list(_record_each(scope, said, adults, by=by, at=at, **names))
        refused = {each.field: found for each, found in recorded if isinstance(found, Refusal)}
        if refused:
            raise _refusal(refused)
    return [found for _each, found in recorded if isinstance(found, ConsentEvent)]


def _wrong_presence(said: Sequence[Said], present: Collection[str], adults: dict[str, Newcomer]) -> str:
    """What is wrong with who is present, "" if nothing is."""
    if not present or not set(present) <= adults.keys():
        return _("Choose who is here.")
    if not {each.adult for each in said} <= set(present):
        return _("Somebody has an answer but is not chosen here.")
    return ""


def _record_each(
    scope: ConsentScope,
    said: Sequence[Said],
    adults: dict[str, Newcomer],
    *,
    by: User,
    at: datetime,
    witness: str,
    interpreter: str,
) -> Iterator[tuple[Said, ConsentEvent | Refusal]]:
    answers = answers_by_question(scope, at=at)
    for each in said:
        adult = adults[each.adult]
        before = answers[each.question.key].get(adult.pk)
        try:
            require_unchanged(each.question, *scope.languages, digest=each.digest)
            event = record_answer(
                Kind.GIVEN if each.is_yes else kind_of_no(before),
                each.question,
                adult.pk,
                scope.read_by(adult),
                at=at,
                recorded_by=by,
                witness=witness,
                interpreter=interpreter,
            )
        except Refusal as refusal:
            yield each, refusal
        else:
            yield each, event


def _refusal(refused: dict[str, Refusal]) -> SittingRefused:
    """One refusal for all, each message at its answer."""
    errors = {field: [refusal.message] for field, refusal in refused.items()}
    errors[""] = [_("Nothing has been recorded. Look at the marked answers.")]
    whole = SittingRefused(errors[""][0], errors=errors)
    whole.status = min(refusal.status for refusal in refused.values())
    return whole
