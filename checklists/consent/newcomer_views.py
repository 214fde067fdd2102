"""The newcomer's own consent, behind the link and the paper code: two questions an office, and the receipts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import dates
from agencies.languages import LANGUAGES
from agencies.models import Agency
from agencies.refusals import Refusal
from bookings.models import Link
from bookings.newcomer.access import FORM_METHODS, SAFE_METHODS, newcomer_page, site_of
from bookings.newcomer.pages import gone, page, see
from bookings.summons.compose import phrases_are_checked
from checklists.consent.folded import (
    DIFFERS,
    ENDED,
    NO,
    UNANSWERED,
    YES,
    Answers,
    FoldedQuestion,
    FoldedQuestions,
    folded_terms,
)
from checklists.consent.queries import answers_by_question, receipts_of
from checklists.consent.questions import agency_key, scope_of_link
from checklists.consent.record import QuestionChanged
from checklists.consent.record_folded import answer_folded, seen_of
from checklists.models import ConsentEvent


@dataclass(frozen=True)
class ConsentReader:
    """Who answers, in which language and when, with the present answers."""

    token: str
    newcomer: int
    language: str
    folded: FoldedQuestions
    answers: Answers

    def state(self, question: FoldedQuestion) -> str:
        return question.state(self.answers, newcomer=self.newcomer)

    def answered(self, office: Agency | None = None) -> int:
        """The number of questions that are answered, about the office or about all."""
        asked = self.folded.about(office) if office else self.folded.by_key.values()
        return sum(self.state(question) not in (UNANSWERED, ENDED) for question in asked)

    def next_office(self, *, after: Agency | None = None) -> Agency | None:
        """The first office after that one, or else of all, about which a question is not answered."""
        offices = self.folded.offices
        start = offices.index(after) + 1 if after in offices else 0
        left = (each for each in offices[start:] + offices[:start] if self._is_left(each))
        return next(left, None)

    def _is_left(self, office: Agency) -> bool:
        return self.answered(office) < len(self.folded.about(office))


@dataclass(frozen=True)
class ShownFolded:
    """A folded question as the page shows it, with the reader's own answer."""

    question: FoldedQuestion
    reader: ConsentReader
    typed: str = ""  # what was chosen before another language was

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def asks(self) -> str:
        return self.question.asks(self.reader.language)

    @property
    def facts(self) -> tuple[str, ...]:
        return self.question.facts(self.reader.language)

    @property
    def state(self) -> str:
        return self.reader.state(self.question)

    @property
    def chosen(self) -> str:
        return self.typed or self.state

    @property
    def told(self) -> str:
        """What to say of the answer that neither button tells."""
        if self.state == ENDED:
            return _("Your yes has ended.")
        if self.state == DIFFERS:
            return _("You have answered the parts one by one. An answer here holds for all of them.")
        return ""

    @property
    def seen(self) -> str:
        reader = self.reader
        return seen_of(self.question, reader.answers, newcomer=reader.newcomer, language=reader.language)


@newcomer_page(paper_code=True, methods=FORM_METHODS)
def own_consents(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    """How far one has come, or the questions about an office; on POST, record the answers about it.

    Pressed for another language, it asks in that one and keeps what was chosen.
    """
    at, refusal = timezone.now(), None
    is_switched = request.POST.get("switch", "") in LANGUAGES
    language = request.POST["switch"] if is_switched else language
    with override(language):
        reader = _reader(token, link, language, at=at)
        office = _office(request, reader)
        if request.method == "POST" and not is_switched:
            try:
                _answer(request, reader, office, at=at)
                return see(_address(_reader(token, link, language, at=at), after=office))
            except Refusal as refused:
                refusal = refused
                reader = _reader(token, link, language, at=at)
        return _page(link, reader, office, refusal, typed=request.POST if is_switched else {})


@newcomer_page(paper_code=True, methods=SAFE_METHODS)
def receipt(request: HttpRequest, token: str, link: Link, language: str, *, key: UUID) -> HttpResponse:
    """The exact text of one's own answer, in the language of the answer, to keep or print."""
    event = ConsentEvent.objects.filter(key=key, newcomer=link.newcomer_id).first()
    if event is None:
        return gone(language)
    with override(event.language):
        return page(
            "checklists/consent/receipt.html",
            event.language,
            token=token,
            event=event,
            on=dates.day_month_year(dates.stockholm(event.at), event.language),
            at=dates.clock(event.at),
            help_site=site_of(link),
        )


def _reader(token: str, link: Link, language: str, *, at: datetime) -> ConsentReader:
    scope = scope_of_link(link)
    answers = answers_by_question(scope, at=at)
    return ConsentReader(token, link.newcomer_id, language, FoldedQuestions(scope, at), answers)


def _office(request: HttpRequest, reader: ConsentReader) -> Agency | None:
    key = request.GET.get("to")
    return next((each for each in reader.folded.offices if agency_key(each) == key), None)


@transaction.atomic
def _answer(request: HttpRequest, reader: ConsentReader, office: Agency | None, *, at: datetime) -> None:
    """Record the answers that were chosen, all or none; a question without one stays as it was."""
    chosen = {
        key: str(value) for key, value in request.POST.items() if "." in key and not key.endswith(".seen")
    }
    asked = {question.key: question for question in reader.folded.about(office)}
    if office is None or not chosen.keys() <= asked.keys() or not set(chosen.values()) <= {YES, NO}:
        raise QuestionChanged(_("This question is not asked any more. Nothing has been changed."))
    for key, answer in chosen.items():
        answer_folded(
            folded=asked[key],
            newcomer=reader.newcomer,
            answer=answer,
            language=reader.language,
            seen=request.POST.get(f"{key}.seen", ""),
            at=at,
        )


def _address(reader: ConsentReader, *, after: Agency | None) -> str:
    """Of the next office with a question that is not answered, or of the page that tells how far one has come."""
    office = reader.next_office(after=after)
    address = f"{reverse('checklists:own-consents', args=[reader.token])}?language={reader.language}"
    return f"{address}&to={agency_key(office)}" if office else address


def _page(
    link: Link,
    reader: ConsentReader,
    office: Agency | None,
    refusal: Refusal | None,
    *,
    typed: Mapping[str, Any],
) -> HttpResponse:
    folded, questions = reader.folded, reader.folded.about(office)
    terms = [line for question in questions for line in question.terms(reader.language)] or folded_terms()
    left = reader.next_office()
    return page(
        "checklists/consent/newcomer_consents.html",
        reader.language,
        status=refusal.status if refusal else 200,
        token=reader.token,
        site=folded.scope.site,
        help_site=site_of(link),
        chosen=office,
        chosen_key=agency_key(office) if office else "",
        number=folded.offices.index(office) + 1 if office else 0,
        asked=[ShownFolded(question, reader, str(typed.get(question.key, ""))) for question in questions],
        offices=[
            (agency_key(each), each, reader.answered(each), len(folded.about(each)))
            for each in folded.offices
        ],
        answered=reader.answered(),
        most=len(folded.by_key),
        next_key=agency_key(left) if left else "",
        receipts=receipts_of(link.newcomer_id, office),
        terms=dict.fromkeys(terms),
        refusal=refusal,
        draft=not phrases_are_checked(reader.language),
    )
