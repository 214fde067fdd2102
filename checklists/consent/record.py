"""Record an adult's answer to a question of consent, and open or close the disclosure that follows from it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from agencies.validators import validate_name
from bookings.messages.plan import plan_receipt
from bookings.models import Disclosure, Link, Newcomer
from bookings.parties.sealed_words import scrubbed, wait_for_protection
from bookings.summons.adults import adults_by_number
from bookings.visits.disclose import close_disclosure, disclose
from checklists.consent.answers import ConsentAnswer, open_until, present_answers
from checklists.consent.queries import events_about
from checklists.consent.questions import TEXT_VERSION, Category, ConsentScope, Question, day_of
from checklists.models import ConsentEvent
from checklists.models.consents import LONGEST_NAME
from checklists.order import lock_party, moment_after

Kind = ConsentEvent.Kind


class Shown(Protocol):
    """The words that an adult has read."""

    def purpose(self, language: str) -> str: ...
    def text(self, language: str) -> str: ...


class ConsentMissing(Refusal):
    kind = "consent-missing"
    status = 409
    field = "answer"


class QuestionChanged(Refusal):
    kind = "question-changed"
    status = 409
    field = "question"


class ConsentTooLate(Refusal):
    kind = "consent-too-late"
    status = 409
    field = "answer"


class NotAnAdult(Refusal):
    kind = "not-an-adult"
    field = "adult"

    def __init__(self) -> None:
        super().__init__(_("Choose one of the adults."))


class PaperIncomplete(Refusal):
    kind = "paper-incomplete"


def grant_consent(*, question: Question, newcomer: int, language: str, at: datetime) -> ConsentEvent:
    """The adult says yes on the own link. Raises ConsentTooLate when the yes would have ended already."""
    return record_answer(Kind.GIVEN, question, newcomer, language, at=at)


def refuse_consent(*, question: Question, newcomer: int, language: str, at: datetime) -> ConsentEvent:
    """The adult says no on the own link; a yes from before ends with it."""
    return record_answer(Kind.REFUSED, question, newcomer, language, at=at)


def withdraw_consent(*, question: Question, newcomer: int, language: str, at: datetime) -> ConsentEvent:
    """The adult takes a yes back on the own link. Raises ConsentMissing when there is none."""
    return record_answer(Kind.WITHDRAWN, question, newcomer, language, at=at)


def record_paper_consent(
    *,
    question: Question,
    newcomer: int,
    answer: str,
    language: str,
    witness: str,
    interpreter: str,
    by: User,
    at: datetime,
) -> ConsentEvent:
    """The adult answers at the desk, before a witness and with an interpreter. Raises PaperIncomplete too."""
    names = paper_names(witness, interpreter)
    _check_paper(answer, names, needs_interpreter=question.scope.needs_interpreter)
    paper: dict[str, Any] = {"recorded_by": by, **names}
    return record_answer(Kind(answer), question, newcomer, language, at=at, **paper)


def record_at_desk(
    question: Question,
    *,
    adult: str,
    digest: str,
    answer: str,
    witness: str,
    interpreter: str,
    by: User,
    at: datetime,
) -> ConsentEvent:
    """What staff's form and API call: `adult` is the number typed, `digest` that of the text which was read.

    What is kept is the text in that adult's language. Raises QuestionChanged if what was read is not the text any
    more, NotAnAdult if there is no adult of that number.
    """
    scope = question.scope
    require_unchanged(question, *scope.languages, digest=digest)
    person = _numbered_adult(scope, adult)
    return record_paper_consent(
        question=question,
        newcomer=person.pk,
        answer=answer,
        language=scope.read_by(person),
        witness=witness,
        interpreter=interpreter,
        by=by,
        at=at,
    )


def require_unchanged(question: Question, *languages: str, digest: str) -> None:
    """Raise QuestionChanged unless the digest is that of the question's present texts."""
    if digest != question.digest(*languages):
        raise QuestionChanged(_("This question has changed. Read it again before you answer."))


def _numbered_adult(scope: ConsentScope, number: str) -> Newcomer:
    """The first adult for "1", of the second for "2" and so on, as the letter numbers them."""
    adult = adults_by_number(scope.adults).get(number)
    if adult is None:
        raise NotAnAdult
    return adult


def record_answer(
    kind: Kind,
    question: Question,
    newcomer: int,
    language: str,
    *,
    at: datetime,
    shown: Shown | None = None,
    **paper: Any,
) -> ConsentEvent:
    """Add an event unless the adult's last one says the same, then bring the disclosures in line with all events.

    `shown` is what the adult read if that was not the question itself but one that covers it.
    """
    if newcomer not in {adult.pk for adult in question.scope.adults}:
        raise NotAnAdult
    with transaction.atomic():
        lock_party(question.scope.party_id)
        wait_for_protection(question.scope.party_id)
        if day_of(question.scope) not in (None, question.scope.day):
            raise QuestionChanged(_("This question has changed. Read it again before you answer."))
        events = list(events_about(question))
        moment = moment_after((event.at for event in events), at=at)
        last = next((event for event in reversed(events) if event.newcomer_id == newcomer), None)
        _check(kind, question, last, at=moment)
        if last is None or (last.kind, last.until, last.is_shut) != (kind, question.until, False):
            last = _create_event(kind, question, newcomer, language, shown or question, at=moment, **paper)
            events.append(last)
            _send_receipt(newcomer, by=paper.get("recorded_by"), at=moment)
        _update_disclosures(question, newcomer, present_answers(events, at=moment), at=moment)
    return last


def _send_receipt(newcomer: int, *, by: User | None, at: datetime) -> None:
    """Let the adult be told that the choice is kept, on the latest link."""
    if link := Link.objects.filter(newcomer=newcomer).order_by("-pk").first():
        plan_receipt(link=link, by=by, at=at)


def kind_of_no(answer: ConsentAnswer | None) -> Kind:
    """What a no is after the adult's present answer: it takes a yes back, or refuses."""
    return Kind.WITHDRAWN if answer and answer.state in ("given", "withdrawn") else Kind.REFUSED


def _check(kind: Kind, question: Question, last: ConsentEvent | None, *, at: datetime) -> None:
    if kind == Kind.GIVEN and question.until <= at:
        raise ConsentTooLate(_("The time for this has passed. Nothing has been changed."))
    if kind == Kind.WITHDRAWN and (last is None or last.kind == Kind.REFUSED):
        raise ConsentMissing(_("There is no yes to take back."))


def _create_event(
    kind: Kind, question: Question, newcomer: int, language: str, shown: Shown, *, at: datetime, **paper: Any
) -> ConsentEvent:
    return ConsentEvent.objects.create(
        kind=kind,
        party_id=question.scope.party_id,
        newcomer_id=newcomer,
        discloser=question.discloser,
        recipient=question.recipient,
        site=question.scope.site,
        category=question.category,
        purpose=shown.purpose(language),
        day=question.scope.day,
        until=question.until,
        language=language,
        text=shown.text(language),
        text_version=TEXT_VERSION,
        channel=ConsentEvent.Channel.PAPER if paper else ConsentEvent.Channel.LINK,
        at=at,
        **_without_names(paper, party_id=question.scope.party_id),
    )


def _without_names(paper: Mapping[str, Any], *, party_id: int) -> dict[str, Any]:
    """Witness and interpreter without what is sealed of a protected party."""
    return {
        name: scrubbed(value, party_id=party_id) if isinstance(value, str) else value
        for name, value in paper.items()
    }


def _update_disclosures(
    question: Question, newcomer: int, answers: Mapping[int, ConsentAnswer], *, at: datetime
) -> None:
    """An adult's name is opened by that adult's yes; children's names and everything else by every adult's."""
    scope = question.scope
    all_say_yes_until = open_until(answers, adults=scope.number_of_adults)
    if question.category != Category.NAMES:
        _set_disclosure(question, None, until=all_say_yes_until, at=at)
        return
    own = answers[newcomer]
    _set_disclosure(question, newcomer, until=own.until if own.is_yes else None, at=at)
    for child in scope.children:
        _set_disclosure(question, child.pk, until=all_say_yes_until, at=at)


def _set_disclosure(
    question: Question, newcomer: int | None, *, until: datetime | None, at: datetime
) -> None:
    """Open what the question asks for until then, or close it; None for `newcomer` is the whole party."""
    if until is None:
        close_disclosure(
            party_id=question.scope.party_id,
            newcomer_id=newcomer,
            discloser=question.discloser,
            agency=question.recipient,
            category=question.category,
        )
        return
    disclose(
        party_id=question.scope.party_id,
        newcomer_id=newcomer,
        discloser=question.discloser,
        agency=question.recipient,
        site=question.scope.site,
        category=question.category,
        source=Disclosure.Source.CONSENT,
        until=until,
        at=at,
    )


def paper_names(witness: str, interpreter: str) -> dict[str, str]:
    """Who witnessed and who interpreted, as they are kept."""
    return {"witness": witness.strip(), "interpreter": interpreter.strip()}


def errors_in_names(names: Mapping[str, str], *, needs_interpreter: bool) -> dict[str, list[str]]:
    """What is wrong with the witness and the interpreter, by field."""
    errors: dict[str, list[str]] = {}
    if not names["witness"]:
        errors["witness"] = [_("Say who witnessed it.")]
    if not names["interpreter"] and needs_interpreter:
        errors["interpreter"] = [_("Say who interpreted. Children and relatives do not interpret.")]
    for field, name in names.items():
        if name and (messages := _name_errors(name)):
            errors.setdefault(field, []).extend(messages)
    return errors


def _check_paper(answer: str, names: Mapping[str, str], *, needs_interpreter: bool) -> None:
    """Raise PaperIncomplete with every message at its field; `names` are of the witness and the interpreter."""
    errors = errors_in_names(names, needs_interpreter=needs_interpreter)
    if answer not in Kind.values:
        errors["answer"] = [_("Choose what the person said.")]
    if errors:
        raise PaperIncomplete(_("Look at the marked fields."), errors=errors)


def _name_errors(name: str) -> list[str]:
    try:
        validate_name(name)
    except ValidationError as error:
        return error.messages
    if len(name) > LONGEST_NAME:
        return [_("Say it in at most %(most)s characters.") % {"most": LONGEST_NAME}]
    return []
