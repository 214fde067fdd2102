"""The newcomer's own consent, behind the link and the paper code: one question each, the answer, the receipt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from agencies import dates
from agencies.models import Agency
from agencies.refusals import Refusal
from bookings.models import Link
from bookings.newcomer.code_views import require_code
from bookings.newcomer.pages import QUIET, gone, language_of, page
from bookings.summons.compose import phrases_are_checked
from checklists.consent.answers import Answer, open_until
from checklists.consent.queries import answers_about
from checklists.consent.questions import ConsentScope, Question, always, key_of, scope_of_link
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
    """A question as the page puts it, and how it stands."""

    question: Question
    language: str
    answer: Answer | None
    is_open: bool

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self.question.paragraphs(self.language)

    @property
    def digest(self) -> str:
        return self.question.digest(self.language)

    @property
    def said_on(self) -> str:
        return (
            dates.day_month_year(dates.stockholm(self.answer.said_at), self.language) if self.answer else ""
        )

    @property
    def waits(self) -> bool:
        """A yes that opens nothing before the other adult's."""
        return bool(self.answer and self.answer.is_yes and not self.is_open)


# Only a phone that keeps the paper code gets here, and no other site can make it send that.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_consents(request: HttpRequest, token: str) -> HttpResponse:
    """The offices to choose from; of the chosen one its questions; on a press, the answer."""
    link = require_code(request, token)
    if isinstance(link, HttpResponse):
        return link
    language, at = language_of(request), timezone.now()
    scope, refusal = scope_of_link(link), None
    with override(language):
        try:
            if request.method == "POST":
                return _answer(request, token, link, scope, language, at=at)
        except Refusal as refused:
            refusal = refused
        return _page(request, token, link, scope, language, refusal, at=at)


@login_not_required
@require_safe
def receipt(request: HttpRequest, token: str, key: UUID) -> HttpResponse:
    """The exact words of one's own answer, to keep or print."""
    link = require_code(request, token)
    if isinstance(link, HttpResponse):
        return link
    event = ConsentEvent.objects.filter(key=key, newcomer=link.newcomer_id).first()
    if event is None:
        return gone(language_of(request))
    with override(event.language):
        on = dates.day_month_year(dates.stockholm(event.at), event.language)
        return page(
            "checklists/consent/receipt.html",
            event.language,
            token=token,
            event=event,
            on=on,
            at=dates.clock(event.at),
        )


def _answer(
    request: HttpRequest, token: str, link: Link, scope: ConsentScope, language: str, *, at: datetime
) -> HttpResponse:
    """Do as the button says; the page then shows what came of it."""
    key, _dot, answer = request.POST.get("say", "").rpartition(".")
    question, verb = scope.questions.get(key), VERBS.get(answer)
    if question is None or verb is None:
        raise QuestionChanged(_("This question is not asked any more. Nothing has been changed."))
    if answer != "back":
        require_unchanged(question, language=language, digest=request.POST.get(key, ""))
    verb(question=question, newcomer=link.newcomer_id, language=language, at=at)
    to = key_of(question.recipient)
    address = f"/d/{token}/consents?language={language}&to={to}#{key}"
    return HttpResponseRedirect(address, headers=QUIET)


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
    asked = list(_asked(link, scope, language, at=at))
    chosen = _chosen(request, scope)
    return page(
        "checklists/consent/newcomer_consents.html",
        language,
        status=refusal.status if refusal else 200,
        token=token,
        site=scope.site,
        recipients=[(key_of(each), each, _open_doors(asked, each)) for each in scope.agencies],
        chosen=chosen,
        chosen_key=key_of(chosen) if chosen else "",
        asked=[each for each in asked if each.question.recipient == chosen],
        receipts=_receipts(link, chosen),
        always=always(),
        refusal=refusal,
        draft=not phrases_are_checked(language),
    )


def _asked(link: Link, scope: ConsentScope, language: str, *, at: datetime) -> Iterator[ShownQuestion]:
    said = answers_about(scope, at=at)
    for key, question in scope.questions.items():
        own = said[key].get(link.newcomer_id)
        together = open_until(said[key], adults=scope.number_of_adults)
        alone = question.category == "names" or not question.concerns_all
        yield ShownQuestion(question, language, own, is_open=bool(own and own.is_yes and (alone or together)))


def _chosen(request: HttpRequest, scope: ConsentScope) -> Agency | None:
    wanted = request.GET.get("to") or request.POST.get("say", "").partition(".")[0]
    return next((each for each in scope.agencies if key_of(each) == wanted), None)


def _open_doors(asked: list[ShownQuestion], recipient: Agency) -> int:
    return sum(each.is_open for each in asked if each.question.recipient == recipient)


def _receipts(link: Link, recipient: Agency | None) -> list[ConsentEvent]:
    """One's own answers about the office, the latest first."""
    own = ConsentEvent.objects.filter(newcomer=link.newcomer_id, recipient=recipient)
    return list(own.select_related("discloser").order_by("-at", "-pk")) if recipient else []
