"""The newcomer's own consent, behind the link and the paper code: the questions, the answer, the receipt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import dates
from agencies.models import Agency
from agencies.refusals import Refusal
from bookings.models import Link
from bookings.newcomer.access import FORM_METHODS, SAFE_METHODS, newcomer_page
from bookings.newcomer.pages import QUIET, gone, page
from bookings.summons.compose import phrases_are_checked
from checklists.consent.answers import ConsentAnswer
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import (
    ConsentScope,
    Question,
    agency_key,
    general_terms,
    scope_of_link,
)
from checklists.consent.record import (
    QuestionChanged,
    grant_consent,
    refuse_consent,
    require_unchanged,
    withdraw_consent,
)
from checklists.models import ConsentEvent

VERBS = {"yes": grant_consent, "no": refuse_consent, "back": withdraw_consent}


@dataclass(frozen=True)
class ShownQuestion:
    """A question as the page shows it, with the reader's own answer and nothing that follows from another adult's."""

    question: Question
    language: str
    answer: ConsentAnswer | None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self.question.paragraphs(self.language)

    @property
    def digest(self) -> str:
        return self.question.digest(self.language)

    @property
    def said_on(self) -> str:
        """The day of the answer in words, "" without an answer."""
        return (
            dates.day_month_year(dates.stockholm(self.answer.said_at), self.language) if self.answer else ""
        )

    @property
    def is_yes(self) -> bool:
        return bool(self.answer and self.answer.is_yes)

    @property
    def way(self) -> str:
        """How the answer came, in words, "" without one."""
        return str(ConsentEvent.Channel(self.answer.channel).label) if self.answer else ""

    @property
    def recorded_by(self) -> str:
        """The agency that recorded the answer from paper: only the discloser does that."""
        return self.question.discloser.name if self.answer and self.answer.channel == "paper" else ""


@newcomer_page(paper_code=True, methods=FORM_METHODS)
def own_consents(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    """The offices to choose from, and the questions about the chosen one; on POST, record the answer."""
    scope, at, refusal = scope_of_link(link), timezone.now(), None
    with override(language):
        if request.method == "POST":
            try:
                return _answer(request, token, link, scope, language, at=at)
            except Refusal as refused:
                refusal = refused
        return _page(request, token, link, scope, language, refusal, at=at)


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
        )


def _answer(
    request: HttpRequest, token: str, link: Link, scope: ConsentScope, language: str, *, at: datetime
) -> HttpResponse:
    """Record the answer of the pressed button, `<question's key>.<yes, no or back>`, and show the question again."""
    key, _dot, answer = request.POST.get("say", "").rpartition(".")
    question, verb = scope.questions.get(key), VERBS.get(answer)
    if question is None or verb is None:
        raise QuestionChanged(_("This question is not asked any more. Nothing has been changed."))
    if answer != "back":
        require_unchanged(question, language, digest=request.POST.get(key, ""))
    verb(question=question, newcomer=link.newcomer_id, language=language, at=at)
    address = reverse("checklists:own-consents", args=[token])
    to = agency_key(question.recipient)
    return HttpResponseRedirect(f"{address}?language={language}&to={to}#{key}", headers=QUIET)


def _page(
    request: HttpRequest,
    token: str,
    link: Link,
    scope: ConsentScope,
    language: str,
    refusal: Refusal | None,
    *,
    at: datetime,
) -> HttpResponse:
    questions = list(_shown_questions(link, scope, language, at=at))
    chosen = _chosen_recipient(request, scope)
    return page(
        "checklists/consent/newcomer_consents.html",
        language,
        status=refusal.status if refusal else 200,
        token=token,
        site=scope.site,
        recipients=[(agency_key(each), each, _number_of_yeses(questions, each)) for each in scope.agencies],
        chosen=chosen,
        chosen_key=agency_key(chosen) if chosen else "",
        asked=[each for each in questions if each.question.recipient == chosen],
        receipts=_receipts(link, chosen),
        always=general_terms(),
        refusal=refusal,
        draft=not phrases_are_checked(language),
    )


def _shown_questions(
    link: Link, scope: ConsentScope, language: str, *, at: datetime
) -> Iterator[ShownQuestion]:
    answers = answers_by_question(scope, at=at)
    for key, question in scope.questions.items():
        yield ShownQuestion(question, language, answers[key].get(link.newcomer_id))


def _chosen_recipient(request: HttpRequest, scope: ConsentScope) -> Agency | None:
    key = request.GET.get("to") or request.POST.get("say", "").partition(".")[0]
    return next((each for each in scope.agencies if agency_key(each) == key), None)


def _number_of_yeses(questions: list[ShownQuestion], recipient: Agency) -> int:
    return sum(each.is_yes for each in questions if each.question.recipient == recipient)


def _receipts(link: Link, recipient: Agency | None) -> list[ConsentEvent]:
    """One's own answers about the office, without one about every office, the latest first."""
    own = ConsentEvent.objects.filter(newcomer=link.newcomer_id)
    found = own.filter(recipient=recipient) if recipient else own
    return list(found.select_related("discloser__municipality", "recipient__municipality").order_by("-pk"))
