"""Give an answer to the summons, and take it back; the one verb of page, text message and telephone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from agencies.spoken import spoken_languages
from agencies.validators import clean_phone, validate_plain
from bookings.answers.queries import is_number_known
from bookings.models import Chain, Link, SummonsAnswer
from bookings.waiting.call_next import offer_on

Kind, Source = SummonsAnswer.Kind, SummonsAnswer.Source
LONGEST_TEXT = 300  # characters
ANOTHER_LANGUAGE = "mul"  # of a call: the one that is meant stands in the text


class AnswerTooLate(Refusal):
    """The day has been, or is cancelled."""

    kind = "answer-too-late"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This day has been or is cancelled. Call us if you need something."))


class AnswerNotUsable(Refusal):
    """What was sent is no answer."""

    kind = "answer-not-usable"


@dataclass(frozen=True, slots=True)
class Call:
    """In which language, when and at which number somebody wishes to be called; empty: as it is known.

    `language` is an ISO 639-3 code, or ANOTHER_LANGUAGE.
    """

    language: str = ""
    period: str = ""
    number: str = ""


NO_CALL = Call()


def give_answer(
    *,
    link: Link,
    answer: str,
    why: str = "",
    text: str = "",
    call: Call = NO_CALL,
    source: str = Source.PAGE,
    by: User | None = None,
    at: datetime,
) -> SummonsAnswer:
    """Write the answer of the link's adult, by the link's holder or staff; the same answer again changes nothing.

    A later answer replaces the one before. Help is given after the day too; who asks for a call on the page must say at
    which number, where none is known. Raises AnswerTooLate or AnswerNotUsable.
    """
    given = _checked(answer, why, text, call)
    chain = _open_chain(link, given["kind"], at=at)
    if given["kind"] == Kind.HELP and source == Source.PAGE and not given["call_number"]:
        _require_number(link)
    try:
        with transaction.atomic():
            return _write(link, chain, given, source=source, by=by, at=at)
    except IntegrityError:  # the same adult has answered at this very moment: that answer is the former one
        with transaction.atomic():
            return _write(link, chain, given, source=source, by=by, at=at)


def take_back_call(*, link: Link, at: datetime) -> None:
    """Take back the wish for a call that still waits; done twice, it changes nothing."""
    SummonsAnswer.objects.filter(
        chain=link.chain_id, newcomer=link.newcomer_id, kind=Kind.HELP, replaced_at=None, settled_at=None
    ).update(replaced_at=at)


def settle_answer(*, answer: SummonsAnswer, by: User | None, at: datetime) -> None:
    """Write down that the wish has been dealt with; without `by` because the family has chosen itself."""
    waits = SummonsAnswer.objects.filter(pk=answer.pk, settled_at=None).exclude(kind=Kind.YES)
    waits.update(settled_at=at, settled_by=by)


def settle_wishes(*, chain: Chain, by: User | None, at: datetime) -> None:
    """The chain has another time now: whoever wished one has been dealt with, and its reminders go out again.

    Without `by` because the family has chosen the time itself.
    """
    held = SummonsAnswer.objects.filter(
        chain=chain, kind=Kind.ANOTHER_TIME, replaced_at=None, settled_at=None
    )
    held.update(settled_at=at, settled_by=by)


def ask_again(*, chain: Chain, at: datetime) -> None:
    """The day begins at another time now: who was coming to the former one is asked anew."""
    coming = SummonsAnswer.objects.filter(chain=chain, kind=Kind.YES, replaced_at=None)
    coming.update(replaced_at=at)


def _write(
    link: Link, chain: Chain, given: dict[str, Any], *, source: str, by: User | None, at: datetime
) -> SummonsAnswer:
    is_help = given["kind"] == Kind.HELP
    holding = SummonsAnswer.objects.select_for_update().filter(
        chain=chain,
        newcomer=link.newcomer_id,
        replaced_at=None,
        kind__in=[Kind.HELP] if is_help else _PRESENCE,
    )
    former = holding.first()
    if former and former.settled_at is None and all(getattr(former, name) == given[name] for name in given):
        return former
    if former:
        SummonsAnswer.objects.filter(pk=former.pk).update(replaced_at=at)
    if former and former.kind == Kind.ANOTHER_TIME and given["kind"] == Kind.YES:
        offer_on(chain.party_id)
    return SummonsAnswer.objects.create(
        party_id=chain.party_id,
        chain=chain,
        link=link,
        newcomer_id=link.newcomer_id,
        source=source,
        given_at=at,
        given_by=by,
        **given,
    )


_PRESENCE = (Kind.YES, Kind.ANOTHER_TIME)


def _open_chain(link: Link, kind: str, *, at: datetime) -> Chain:
    chain = Chain.objects.select_related("site_day").filter(pk=link.chain_id).first()
    state = chain.state_at(at) if chain else Chain.State.CANCELLED
    too_late = {Chain.State.CANCELLED} if kind == Kind.HELP else {Chain.State.CANCELLED, Chain.State.DONE}
    if chain is None or state in too_late:
        raise AnswerTooLate
    return chain


def _checked(answer: str, why: str, text: str, call: Call) -> dict[str, Any]:
    """The fields of the answer. Raises AnswerNotUsable."""
    if answer not in Kind.values:
        raise _unusable("answer", _("Choose one of the answers."))
    if why and why not in SummonsAnswer.Why.values:
        raise _unusable("why", _("Choose one of the reasons."))
    if call.period and call.period not in SummonsAnswer.Period.values:
        raise _unusable("call_period", _("Choose morning or afternoon."))
    if call.language not in ("", ANOTHER_LANGUAGE) and call.language not in spoken_languages():
        raise _unusable("call_language", _("Choose one of the languages."))
    is_help, text = answer == Kind.HELP, " ".join(text.split())
    return {
        "kind": answer,
        "why": why if answer == Kind.ANOTHER_TIME else "",
        "text": _plain(text),
        "call_language": call.language if is_help else "",
        "call_period": call.period if is_help else "",
        "call_number": _number(call.number) if is_help else "",
    }


def _plain(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _unusable("text", _("Write at most %(count)s characters.") % {"count": LONGEST_TEXT})
    try:
        validate_plain(text)
    except ValidationError as error:
        raise _unusable("text", error.messages[0]) from None
    return text


def _require_number(link: Link) -> None:
    if not is_number_known(link):
        raise _unusable(
            "call_number", _("We have no telephone number for you. Write one here, and we call you there.")
        )


def _number(text: str) -> str:
    try:
        return clean_phone(text) if text.strip() else ""
    except ValidationError:
        raise _unusable("call_number", _("That is not a telephone number. Write it with digits.")) from None


def _unusable(field: str, message: str) -> AnswerNotUsable:
    return AnswerNotUsable(message, errors={field: [message]})
