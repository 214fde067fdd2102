"""Consent as staff see it: what each adult has answered about one's own agency, and recording answers from paper."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.languages import LANGUAGES
from agencies.web.requests import StaffRequest
from checklists.consent.answers import open_until
from checklists.consent.forms import PaperForm
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import ConsentScope, Question, scope_of_staff
from checklists.consent.record import record_at_desk


@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: StaffRequest, reference: str) -> HttpResponse:
    """Every question that one's own agency may ask; of the chosen one the text and the form."""
    scope, at = scope_of_staff(reference), timezone.now()
    if scope is None:
        raise Http404
    question, form = scope.questions.get(request.GET.get("question", "")), None
    if request.method == "POST":
        if question is None:
            raise Http404
        form = PaperForm(request.POST, adults=scope.adults)
        if form.is_accepted(lambda typed: record_at_desk(question, **typed, by=request.user, at=at)):
            return redirect("checklists:consents", reference)
    elif question:
        digest = question.digest(*scope.languages)
        form = PaperForm(adults=scope.adults, initial={"digest": digest})
    context = {
        "ground": scope,
        "is_owner": request.user.agency_id == scope.owner.pk,
        "rows": list(_rows(scope, at=at)),
        "hidden": scope.number_of_adults - len(scope.adults),
        "question": question,
        "texts": list(_texts(question)) if question else [],
        "form": form,
    }
    return render(request, "checklists/consent/consents.html", context, status=form.status if form else 200)


def _rows(scope: ConsentScope, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Each question with every adult's answer, and until when it is open for the whole party."""
    answers = answers_by_question(scope, at=at)
    for key, question in scope.questions.items():
        people = [(adult, answers[key].get(adult.pk)) for adult in scope.adults]
        until = open_until(answers[key], adults=scope.number_of_adults)
        yield {"question": question, "people": people, "open_until": until}


def _texts(question: Question) -> Iterator[dict[str, Any]]:
    """The text in each adult's language, and in Swedish."""
    for code in dict.fromkeys([*question.scope.languages, "sv"]):
        yield {"language": LANGUAGES[code], "lines": question.text(code).splitlines()}
