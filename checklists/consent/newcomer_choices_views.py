"""More choices, behind the link and the paper code: the finer questions about an office, each with its own answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies import dates
from agencies.models import Agency
from agencies.refusals import Refusal
from bookings.models import Link
from bookings.newcomer.access import FORM_METHODS, newcomer_page, site_of
from bookings.newcomer.pages import page, see
from bookings.summons.compose import phrases_are_checked
from checklists.consent.answers import ConsentAnswer
from checklists.consent.queries import answers_by_question, receipts_of
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
def own_choices(request: HttpRequest, token: str, link: Link, language: str) -> HttpResponse:
    """The offices to choose from, and the finer questions about the chosen one; on POST, record the answer."""
    scope, at, refusal = scope_of_link(link), timezone.now(), None
    with override(language):
        if request.method == "POST":
            try:
                return _answer(request, token, link, scope, language, at=at)
            except Refusal as refused:
                refusal = refused
        return _page(request, token, link, scope, language, refusal, at=at)


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
    address = reverse("checklists:own-choices", args=[token])
    to = agency_key(question.recipient)
    return see(f"{address}?language={language}&to={to}#{key}")


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
        "checklists/consent/newcomer_choices.html",
        language,
        status=refusal.status if refusal else 200,
        token=token,
        site=scope.site,
        help_site=site_of(link),
        recipients=[(agency_key(each), each, _number_of_yeses(questions, each)) for each in scope.agencies],
        chosen=chosen,
        chosen_key=agency_key(chosen) if chosen else "",
        asked=[each for each in questions if each.question.recipient == chosen],
        receipts=receipts_of(link.newcomer_id, chosen),
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
