"""Consent as staff see it: what each adult has answered about one's own agency, and recording a sitting at the desk."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from agencies.languages import LANGUAGES
from agencies.models import User
from agencies.web.requests import StaffRequest
from bookings.summons.adults import adults_by_number
from checklists.consent.answers import ConsentAnswer, open_until
from checklists.consent.forms import SittingForm
from checklists.consent.queries import answers_by_question
from checklists.consent.questions import ConsentScope, Question, general_terms, scope_of_staff
from checklists.consent.sitting import record_sitting


@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: StaffRequest, reference: str) -> HttpResponse:
    """Every question that one's own agency may ask, with each adult's answer and the form of a sitting."""
    scope, at = scope_of_staff(reference), timezone.now()
    if scope is None:
        raise Http404
    form = SittingForm(request.POST if request.method == "POST" else None, scope=scope)
    if form.is_bound and form.is_accepted(partial(_record, form, by=request.user, at=at)):
        return redirect("checklists:consents", reference)
    rows = _rows(scope, form, at=at)
    context = {
        "scope": scope,
        "is_owner": request.user.agency_id == scope.owner.pk,
        "offices": [(office, list(found)) for office, found in groupby(rows, key=lambda row: row["office"])],
        "hidden": scope.number_of_adults - len(scope.adults),
        "terms": [(LANGUAGES[code], _terms(code)) for code in _languages(scope)],
        "form": form,
    }
    return render(request, "checklists/consent/consents.html", context, status=form.status)


def _record(form: SittingForm, typed: dict[str, Any], *, by: User, at: datetime) -> None:
    sitters = {name: typed[name] for name in ("present", "witness", "interpreter")}
    record_sitting(form.scope, said=form.said(), **sitters, by=by, at=at)


def _rows(scope: ConsentScope, form: SittingForm, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Each question with its texts, every adult's answer and field, and until when it is open for the whole party."""
    answers = answers_by_question(scope, at=at)
    for key, question in scope.questions.items():
        yield {
            "office": question.recipient,
            "question": question,
            "texts": [(LANGUAGES[code], question.paragraphs(code)) for code in _languages(scope)],
            "digest": form[f"{key}.digest"],
            "people": list(_people(question, form, answers[key])),
            "open_until": open_until(answers[key], adults=scope.number_of_adults),
        }


def _people(
    question: Question, form: SittingForm, answers: dict[int, ConsentAnswer]
) -> Iterator[dict[str, Any]]:
    for number, adult in adults_by_number(question.scope.adults).items():
        field = form[f"{question.key}.{number}"]
        yield {"number": number, "adult": adult, "answer": answers.get(adult.pk), "field": field}


def _languages(scope: ConsentScope) -> list[str]:
    """Each adult's language, and Swedish."""
    return list(dict.fromkeys([*scope.languages, "sv"]))


def _terms(code: str) -> tuple[str, ...]:
    with override(code):
        return general_terms()
