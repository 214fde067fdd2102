"""Consent: an adult says yes or no, or takes a yes back; what that opens or closes is written with it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from agencies.validators import validate_name
from bookings.models import Disclosure
from bookings.visits.disclose import close_disclosure, disclose
from checklists.consent.answers import Answer, answers, open_until
from checklists.consent.questions import VERSION, Category, Question
from checklists.models import ConsentEvent

Kind = ConsentEvent.Kind
NEEDS_NO_INTERPRETER = {"sv", "en"}


class ConsentMissing(Refusal):
    kind = "consent-missing"
    status = 409


class QuestionChanged(Refusal):
    kind = "question-changed"
    status = 409


class ConsentTooLate(Refusal):
    kind = "consent-too-late"
    status = 409


class NotAnAdult(Refusal):
    kind = "not-an-adult"
    field = "adult"

    def __init__(self) -> None:
        super().__init__(_("Choose one of the adults."))


class PaperIncomplete(Refusal):
    kind = "paper-incomplete"


def grant_consent(*, question: Question, newcomer: int, language: str, at: datetime) -> ConsentEvent:
    """The adult says yes on the own link. Raises ConsentTooLate when the yes would have ended already."""
    return _say(Kind.GIVEN, question, newcomer, language, at=at)


def refuse_consent(*, question: Question, newcomer: int, language: str, at: datetime) -> ConsentEvent:
    """The adult says no on the own link; a yes from before ends with it."""
    return _say(Kind.REFUSED, question, newcomer, language, at=at)


def withdraw_consent(*, question: Question, newcomer: int, language: str, at: datetime) -> ConsentEvent:
    """The adult takes a yes back on the own link. Raises ConsentMissing when there is none."""
    return _say(Kind.WITHDRAWN, question, newcomer, language, at=at)


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
    """What the adult said at the desk, read together with the interpreter, in front of a witness."""
    paper = {"witness": witness.strip(), "interpreter": interpreter.strip()}
    _check(answer, paper, language)
    return _say(Kind(answer), question, newcomer, language, at=at, recorded_by=by, **paper)


def record_at_desk(
    question: Question, *, adult: str, digest: str, by: User, at: datetime, **said: str
) -> ConsentEvent:
    """What the first, second … adult said on paper, unless the text has changed since it was read."""
    scope = question.scope
    require_unchanged(question, language=scope.language, digest=digest)
    if not adult.isdecimal() or not 0 < int(adult) <= len(scope.adults):
        raise NotAnAdult
    newcomer = scope.adults[int(adult) - 1].pk
    return record_paper_consent(
        question=question, newcomer=newcomer, language=scope.language, by=by, at=at, **said
    )


def require_unchanged(question: Question, *, language: str, digest: str) -> None:
    """The text that somebody answers is the text as it is. Raises QuestionChanged."""
    if digest != question.digest(language):
        raise QuestionChanged(_("This question has changed. Read it again before you answer."))


def said_about(question: Question, *, at: datetime) -> dict[int, Answer]:
    """Each adult's present answer to the question."""
    return answers(_events(question), at=at)


def _say(
    kind: Kind, question: Question, newcomer: int, language: str, *, at: datetime, **paper: Any
) -> ConsentEvent:
    """Append the event unless it says what was said last, then open or close what all events add up to."""
    if newcomer not in {adult.pk for adult in question.scope.adults}:
        raise NotAnAdult
    if kind == Kind.GIVEN and question.until <= at:
        raise ConsentTooLate(_("The time for this has passed. Nothing has been changed."))
    with transaction.atomic():
        _lock(question.scope.party_id)
        last = _events(question).filter(newcomer=newcomer).last()
        if kind == Kind.WITHDRAWN and (last is None or last.kind == Kind.REFUSED):
            raise ConsentMissing(_("There is no yes to take back."))
        if last is None or (last.kind, last.until) != (kind, question.until):
            last = _append(kind, question, newcomer, language, at=at, **paper)
        _follow(question, newcomer, at=at)
    return last


def _append(
    kind: Kind, question: Question, newcomer: int, language: str, *, at: datetime, **paper: Any
) -> ConsentEvent:
    return ConsentEvent.objects.create(
        kind=kind,
        party_id=question.scope.party_id,
        newcomer_id=newcomer,
        discloser=question.discloser,
        recipient=question.recipient,
        site=question.scope.site,
        category=question.category,
        purpose=question.purpose(language),
        until=question.until,
        language=language,
        text=question.text(language),
        text_version=VERSION,
        channel=ConsentEvent.Channel.PAPER if paper else ConsentEvent.Channel.LINK,
        at=at,
        **paper,
    )


def _lock(party: int) -> None:
    """Two adults who answer at once answer one after the other; no row is theirs to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('consent', %s))", [party])


def _events(question: Question) -> QuerySet[ConsentEvent]:
    return ConsentEvent.objects.filter(
        party=question.scope.party_id,
        discloser=question.discloser,
        recipient=question.recipient,
        category=question.category,
    )


def _follow(question: Question, newcomer: int, *, at: datetime) -> None:
    """Open what is consented to and close the rest: one's own name by oneself, all else by every adult."""
    said, scope = said_about(question, at=at), question.scope
    together = open_until(said, adults=scope.number_of_adults)
    if question.category != Category.NAMES:
        _set(question, None, together, at=at)
        return
    own = said[newcomer]
    _set(question, newcomer, own.until if own.is_yes else None, at=at)
    for child in scope.children:
        _set(question, child.pk, together, at=at)


def _set(question: Question, newcomer: int | None, until: datetime | None, *, at: datetime) -> None:
    door = {
        "party_id": question.scope.party_id,
        "newcomer_id": newcomer,
        "discloser": question.discloser,
        "agency": question.recipient,
        "category": question.category,
    }
    if until is None:
        close_disclosure(**door)
    else:
        consent = Disclosure.Source.CONSENT
        disclose(**door, site=question.scope.site, source=consent, until=until, at=at)


def _check(answer: str, paper: dict[str, str], language: str) -> None:
    errors: dict[str, list[str]] = {}
    if answer not in Kind.values:
        errors["answer"] = [_("Choose what the person said.")]
    if not paper["witness"]:
        errors["witness"] = [_("Say who witnessed it.")]
    if not paper["interpreter"] and language not in NEEDS_NO_INTERPRETER:
        errors["interpreter"] = [_("Say who interpreted. Children and relatives do not interpret.")]
    for name, text in paper.items():
        try:
            if text:
                validate_name(text)
            if len(text) > ConsentEvent._meta.get_field(name).max_length:
                raise ValidationError(_("Say it in at most %(most)s characters.") % {"most": 100})
        except ValidationError as error:
            errors.setdefault(name, []).extend(error.messages)
    if errors:
        raise PaperIncomplete(_("Look at the marked fields."), errors=errors)
